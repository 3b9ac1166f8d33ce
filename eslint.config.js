// One lint configuration: strict types everywhere, and the architecture's borders as rules with their reason.
import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';

const border = (patterns) => ['error', { patterns }];

// A later rule of the same name replaces an earlier one: each block of the server names every border that holds in it.
const DECODERS = {
  group: ['sharp', 'heic-decode', 'exiftool-vendored'],
  message: 'Only media/ starts a decoder: hostile files are decoded in disposable children.',
};
const PUBLIC_DOOR = 'Reach another feature through its index.js only.';
const QUERIES = {
  group: ['**/*queries.js', '**/store/**', 'kysely'],
  message: 'Routes never touch queries: they call the service, which checks access first.',
};
const DRIVER = {
  group: ['pg'],
  message: 'Only store/ opens connections: a person is queried for through withContext, which says who asks.',
};
const ENUM = {
  selector: 'TSEnumDeclaration',
  message: 'Use a union of string literals: enums leave code behind and do not narrow.',
};
const SIBLING = { regex: '^\\.\\./(?!\\.\\./)[^/]+/(?!index\\.js$)', message: PUBLIC_DOOR };
const SIBLING_FROM_BELOW = { regex: '^\\.\\./\\.\\./(?!\\.\\./)[^/]+/(?!index\\.js$)', message: PUBLIC_DOOR };

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      'test-results/**',
      '.demo*/**',
      '.redthread/**',
      '**/wasm/generated/**',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ENUM],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-console': 'error',
    },
  },
  {
    // AssemblyScript compares numbers with == only.
    files: ['packages/core/assembly/**/*.ts'],
    rules: { eqeqeq: 'off' },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    ignores: ['packages/core/src/**/*.test.ts'],
    rules: {
      'no-restricted-imports': border([
        { group: ['node:*'], message: 'core does no I/O: it must run in a browser and in a worker.' },
        { group: ['@redthread/*'], message: 'core depends on nothing of ours: everything depends inward on it.' },
      ]),
      'no-restricted-globals': ['error', 'process', 'Buffer', 'window', 'document', 'fetch'],
    },
  },
  {
    files: ['packages/server/src/**/*.ts'],
    ignores: ['packages/server/src/media/**'],
    rules: {
      'no-restricted-imports': border([
        DECODERS,
        DRIVER,
        { group: ['**/features/*/!(index).js', '!./*'], message: PUBLIC_DOOR },
      ]),
    },
  },
  {
    files: ['packages/server/src/store/**/*.ts'],
    rules: { 'no-restricted-imports': border([DECODERS]) },
  },
  {
    files: ['packages/server/src/**/*.ts'],
    ignores: ['packages/server/src/store/context.ts', 'packages/server/src/store/migrations/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ENUM,
        {
          selector: 'TemplateElement[value.raw=/set_config|current_setting|\\bset (local|session|role)\\b/i]',
          message: 'Row-level security reads settings: they are made in store/context.ts alone, for one transaction.',
        },
        {
          selector:
            ':matches(TSAsExpression, TSTypeAssertion) MemberExpression[property.name="app"][object.name=/store|db/i]',
          message: 'The pool of the role app has no methods on purpose: query through withContext.',
        },
      ],
    },
  },
  {
    files: ['packages/server/src/features/*/*.ts'],
    rules: { 'no-restricted-imports': border([DECODERS, DRIVER, SIBLING]) },
  },
  {
    files: ['packages/server/src/features/*/*/*.ts'],
    rules: { 'no-restricted-imports': border([DECODERS, DRIVER, SIBLING_FROM_BELOW]) },
  },
  {
    files: ['packages/server/src/features/*/*routes.ts'],
    rules: { 'no-restricted-imports': border([DECODERS, DRIVER, SIBLING, QUERIES]) },
  },
  {
    files: ['packages/web/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    languageOptions: { globals: globals.browser },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-imports': border([
        {
          group: ['node:*', '@redthread/server*', '@redthread/synth*'],
          message: 'The web talks to the server through the API only.',
        },
      ]),
    },
  },
  {
    files: ['packages/web/src/**/*.tsx'],
    ignores: ['packages/web/src/media/safe-media.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'JSXOpeningElement[name.name=/^(img|video|audio|picture|canvas)$/]',
          message: 'Pictures, film and sound are shown through SafeMedia only: unrevealed means not sent.',
        },
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
      ],
    },
  },
  {
    // Draws shapes, lines and names: nothing that was seized.
    files: ['packages/web/src/screens/graph/graph-canvas.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'JSXOpeningElement[name.name=/^(img|video|audio|picture)$/], CallExpression[callee.property.name="drawImage"]',
          message: 'Pictures, film and sound are shown through SafeMedia only: unrevealed means not sent.',
        },
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
      ],
    },
  },
  {
    files: ['scripts/**', 'bench/**', 'test/**', 'packages/*/bin/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Files of tests share a process, and what one of them changes there the next one meets.
    files: ['test/medium/**/*.test.ts', 'packages/*/src/**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'exitCode',
          message: 'commandLine of test/medium answers it, and puts it back.',
        },
        { object: 'process', property: 'chdir', message: 'Name the folder: the next file of tests would run in it.' },
        { object: 'vi', property: 'mock', message: 'The modules are those of the next file too: give what varies.' },
        { object: 'vi', property: 'doMock', message: 'The modules are those of the next file too: give what varies.' },
      ],
    },
  },
  {
    files: ['test/medium/**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ENUM,
        {
          selector:
            'AssignmentExpression > MemberExpression.left[object.object.name="process"][object.property.name="env"], UnaryExpression[operator="delete"] > MemberExpression[object.object.name="process"][object.property.name="env"]',
          message: 'Use vi.stubEnv, and vi.unstubAllEnvs in the end: the next file of tests has this environment.',
        },
      ],
    },
  },
);
