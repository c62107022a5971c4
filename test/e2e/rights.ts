/** What the operator may do in the namespaces it watches, and in its own. The chart's Role says the same. */
export const operatorRules = (configMap: string, lease: string) => [
  { apiGroups: ['repitbot.io'], resources: ['repitbots'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['repitbot.io'], resources: ['repitbots/status'], verbs: ['patch'] },
  { apiGroups: [''], resources: ['configmaps'], resourceNames: [configMap], verbs: ['list', 'watch', 'patch', 'create'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: [lease], verbs: ['get', 'update', 'patch', 'create'] },
]
/** What a pod that reads the settings may do. */
export const readerRules = (configMap: string) => [
  { apiGroups: [''], resources: ['configmaps'], resourceNames: [configMap], verbs: ['watch'] },
]
