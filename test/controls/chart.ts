import type { Control } from './control.ts'

/** What the chart guards, and how a house waits in a pod. */
export const chartControls: Control[] = [
  {
    name: 'every pod has a token for the API server',
    file: 'charts/repitbot/templates/_pod.tpl',
    find: 'automountServiceAccountToken: false',
    replace: 'automountServiceAccountToken: true',
    run: { test: 'test/chart/safety.test.ts', only: 'has a token for it (locked-down)' },
    red: 'AssertionError',
  },
  {
    name: 'anybody reaches a house',
    file: 'charts/repitbot/templates/network-policies.yaml',
    find: '    {{- if $row.public }}\n    - ports: [{ port: http }]',
    replace: '    {{- if true }}\n    - ports: [{ port: http }]',
    run: { test: 'test/chart/safety.test.ts', only: 'and reaches what it declares (default)' },
    red: '+  "operator"',
  },
  {
    name: 'the operator may read every ConfigMap',
    file: 'charts/repitbot/templates/operator.yaml',
    find: '    resourceNames: [{{ $fullname }}-settings]\n',
    replace: '',
    run: { test: 'test/chart/safety.test.ts', only: 'may do what the tests on a cluster give them' },
    red: 'AssertionError',
  },
  {
    name: 'the chart fights the autoscaler for the number of pods',
    file: 'charts/repitbot/templates/deployments.yaml',
    find: '{{- if not (include "repitbot.scaler" $here) }}',
    replace: '{{- if true }}',
    run: { test: 'test/chart/rows.test.ts', only: 'who scales them' },
    red: 'AssertionError',
  },
  {
    name: 'pods may open more connections than Postgres takes',
    file: 'charts/repitbot/templates/_checks.tpl',
    find: '{{- if lt $given $needed }}',
    replace: '{{- if false }}',
    run: { test: 'test/chart/values.test.ts', only: 'more connections than Postgres takes' },
    red: 'AssertionError',
  },
  {
    name: 'a value changes and its table does not',
    file: 'charts/repitbot/values.yaml',
    find: 'cpuPercent: 80',
    replace: 'cpuPercent: 90',
    run: { test: 'test/chart/readme.test.ts', only: 'has the table' },
    red: 'AssertionError',
  },
  {
    name: 'a house that waits for its schema says that it is ready',
    file: 'packages/kit/open.ts',
    find: '...(!isOpen && { ready: false })',
    replace: '...(!isOpen && { ready: true })',
    run: { test: 'packages/kit/testing/waiting.test.ts' },
    red: 'AssertionError',
  },
]
