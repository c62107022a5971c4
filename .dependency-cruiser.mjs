// Who may import whom. Type imports count: they are the coupling one feels first.
const code = '^(packages|services|gateway|bot|operator|web|start)/'
const test = '\\.test\\.ts$|(^|/)test/|^packages/kit/testing/'
const rooms = '^(services/[^/]+|bot)/src/'

/** Nothing in `from` may reach `to`. */
const never = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

export default {
  forbidden: [
    never('no-cycles', 'a cycle has no first reader', {}, { circular: true }),
    never('no-unresolved', 'an import that leads nowhere', {}, { couldNotResolve: true }),
    never('no-undeclared', 'a package is declared where it is used', { path: code }, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
    never(
      'no-dev-in-product',
      'development packages are not there in production',
      { path: code, pathNot: test },
      {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only', 'npm'],
      },
    ),
    never('no-barrels', 'packages are entered by subpath', {}, { path: '^(packages|services|gateway|bot|operator|start)/.*index\\.ts$' }),

    // Between the top-level folders.
    never(
      'contracts-alone',
      'contracts are schemas and types: zod alone, also in a browser',
      { path: '^packages/contracts/', pathNot: test },
      {
        pathNot: ['^packages/contracts/', '^node_modules/zod/'],
      },
    ),
    never(
      'kit-to-contracts',
      'the kit knows the contracts and packages, no service',
      { path: '^packages/kit/', pathNot: test },
      {
        path: '^(services|gateway|bot|operator|web|start|test)/',
      },
    ),
    never(
      'services-apart',
      'a service knows of others only what the contracts say',
      { path: '^services/([^/]+)/' },
      {
        path: '^(services|gateway|bot|operator|web|start)/',
        pathNot: '^services/$1/',
      },
    ),
    never(
      'gateway-and-bot-apart',
      'they know contracts and kit',
      { path: '^(gateway|bot|operator)/' },
      {
        path: '^(services|gateway|bot|operator|web|start|test)/',
        pathNot: '^$1/',
      },
    ),
    never(
      'operator-narrow',
      'the operator knows settings and a few rooms of the kit, nothing of lessons',
      { path: '^operator/', pathNot: test },
      {
        path: '^packages/',
        pathNot: '^packages/(contracts/settings|kit/(config|log|http|metrics))\\.ts$',
      },
    ),
    never(
      'kubernetes-in-the-operator',
      'its client costs tens of megabytes: a service watches its settings by itself',
      { path: code, pathNot: ['^operator/'] },
      { path: '^node_modules/@kubernetes/' },
    ),
    never(
      'web-to-contracts',
      'the page knows what is said, and nothing of how',
      { path: '^web/', pathNot: test },
      {
        path: '^(packages/kit|services|gateway|bot|operator|start|test)/',
      },
    ),
    never(
      'nobody-imports-start',
      'start and tests stand on everything, nothing stands on them',
      { path: code, pathNot: ['^start/', test] },
      {
        path: '^(start|test)/',
      },
    ),
    never('kit-testing-in-tests', 'throw-away runtimes are for tests', { path: code, pathNot: [test] }, { path: '^packages/kit/testing/' }),
    never('tests-are-leaves', 'nobody imports a test', {}, { path: '\\.test\\.ts$' }),

    // Between the rooms of a service. A room may grow into a folder of the same name.
    never(
      'rules-pure',
      'rules know rules, contracts, and nothing that does I/O',
      { path: `${rooms}rules/`, pathNot: test },
      {
        pathNot: ['^$1/src/rules/', '^packages/contracts/', '^node_modules/(rrule-temporal|i18next|zod)/', '^(node:)?(util|crypto)$'],
      },
    ),
    never(
      'store-to-rules',
      'the store knows rules, tables and its own rooms',
      { path: `${rooms}store(\\.ts$|/)` },
      {
        path: '^$1/src/',
        pathNot: '^$1/src/(rules/|store(\\.ts$|/)|tables(\\.ts$|/))',
      },
    ),
    never(
      'tables-alone',
      'tables know nothing of the service',
      { path: `${rooms}tables(\\.ts$|/)` },
      {
        path: '^$1/src/',
        pathNot: '^$1/src/(rules/|tables(\\.ts$|/))',
      },
    ),
    never(
      'flows-deps',
      'a flow gets store and clock from deps.ts',
      { path: `${rooms}flows/`, pathNot: test },
      {
        path: '^$1/src/',
        pathNot: '^$1/src/((deps|feature)\\.ts$|flows/|rules/)',
      },
    ),
    never(
      'entries-deps',
      'an entry calls flows and rules with what deps.ts hands it',
      { path: `${rooms}(routes|consumers|jobs)(\\.ts$|/)` },
      {
        path: '^$1/src/',
        pathNot: '^$1/src/(deps\\.ts$|flows/|rules/|(routes|consumers|jobs)(\\.ts$|/))',
      },
    ),
    never(
      'deps-to-store',
      'what doors and flows are handed',
      { path: `${rooms}deps\\.ts$` },
      {
        path: '^$1/src/',
        pathNot: '^$1/src/(store(\\.ts$|/)|config\\.ts$|rules/|(telegram|form-states|gateway|features)\\.ts$)',
      },
    ),
    never('config-alone', 'the environment knows nothing of the service', { path: `${rooms}config\\.ts$` }, { path: '^$1/src/' }),
    never(
      'sequelize-in-the-store',
      'one speaker of Sequelize',
      {
        path: code,
        pathNot: [`${rooms}(store|tables)(\\.ts$|/)`, '^(services/[^/]+|bot)/migrations/', '^packages/kit/'],
      },
      { path: '^node_modules/sequelize/' },
    ),
    never(
      'telegraf-in-telegram',
      'one speaker of the Bot API',
      { path: code, pathNot: ['^bot/src/telegram\\.ts$', test] },
      { path: '^node_modules/telegraf/' },
    ),
    never(
      'migrations-by-service',
      'migrations are run, not used',
      { path: `${rooms}`, pathNot: [`${rooms}service\\.ts$`, test] },
      {
        path: '^$1/migrations/',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^[^/]*\\.(json|mjs)$'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
