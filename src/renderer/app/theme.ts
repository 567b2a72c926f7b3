import {
  ActionIcon,
  Button,
  createTheme,
  Input,
  Select,
  Textarea,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** Ten shades around the accent of `theme.css`; 6 fills buttons in light, 5 in dark. */
const accent: MantineColorsTuple = [
  '#e8ecfb',
  '#cdd5f6',
  '#aab8ef',
  '#8499e8',
  '#6780e0',
  '#4a63d6',
  '#3350c4',
  '#2b44a8',
  '#23388b',
  '#1b2c6e',
];

/** Mantine's dark greys in the hues of `theme.css`: text first, deepest ground last. */
const dark: MantineColorsTuple = [
  '#e8eaef',
  '#c9cdd6',
  '#a0a8b8',
  '#7b8496',
  '#454c5a',
  '#2a2f39',
  '#1f232b',
  '#181b21',
  '#14161b',
  '#111318',
];

/** Around `--bad` of `theme.css`, for acts that take something away: white reads at 4.5:1 and more on 6, which fills buttons in light, and on 5, in dark. */
const danger: MantineColorsTuple = [
  '#fbe9e7',
  '#f6cfcb',
  '#efa9a3',
  '#e57d75',
  '#d9554b',
  '#c8362b',
  '#b3261e',
  '#961f18',
  '#7a1913',
  '#5e130f',
];

/** Mantine in the app's words: sizes on the 4-px grid, the app's own colours and type. */
export const theme = createTheme({
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-mono)',
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  colors: { accent, danger, dark },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Input: Input.extend({ defaultProps: { size: 'sm' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm', autoComplete: 'off', spellCheck: false } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm', spellCheck: false } }),
    Select: Select.extend({ defaultProps: { size: 'sm', allowDeselect: false, checkIconPosition: 'right' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250, withArrow: true, multiline: true } }),
  },
});

/** Mantine's own colours, taken from the tokens of `theme.css`; its defaults miss 4.5:1. */
const tokens = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--surface-2)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-disabled': 'var(--surface-3)',
  '--mantine-color-disabled-color': 'var(--muted)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-gray-light-color': 'var(--muted)',
  '--mantine-color-danger-light-color': 'var(--bad)',
};

export const tokenVariables: CSSVariablesResolver = () => ({ variables: {}, light: tokens, dark: tokens });
