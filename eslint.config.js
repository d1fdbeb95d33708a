import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { oneWay } from './scripts/one_way.mjs';

const root = import.meta.dirname;

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', '.cache/', 'test-results/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    // One program for all: tsconfig.json exists for this and for editors; the walls' own projects are npm run check's.
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: root } },
    plugins: { rooms: { rules: { 'one-way': oneWay(root) } } },
    rules: {
      'rooms/one-way': 'error',
      'max-lines': ['warn', { max: 400 }],
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // What was caught as unknown may be thrown on.
      '@typescript-eslint/only-throw-error': 'off',
      'no-throw-literal': 'error',
      // Typed arrays are read with `?? NaN`, and some types promise more than is true (JSON.stringify).
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A field of an untrusted object is read with brackets, which says that it may be absent.
      '@typescript-eslint/dot-notation': 'off',
      // It would turn an assertion with a type into `!`, which another rule forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    },
  },
  {
    files: ['src/**/*.test.ts', 'src/testing/**', 'src/bench/**', 'src/cli/**', 'scripts/**', 'e2e/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // The two rules of hooks; those of the React compiler, which is not used, would double the time of lint.
    files: ['app/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': { rules: reactHooks.rules } },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // Model output, datasets and names reach the page as text.
    files: ['app/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({ property, message: 'Use textContent.' })),
      ],
      'no-restricted-syntax': ['error', { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Render text.' }],
    },
  },
);
