import { defineErrors } from './define-errors.ts';

export const ipcErrors = defineErrors({
  'ipc/malformed': ({ channel, path }: { channel: string; path: string }) => ({
    happened: `The window sent something that ${channel} does not take${path === '' ? '' : ` (at ${path})`}`,
    remedy: 'Nothing was done. Correct the field it names; if there is none, restart the app',
  }),
  'ipc/too-large': ({ channel, bytes, max }: { channel: string; bytes: number; max: number }) => ({
    happened: `${channel} takes at most ${max} bytes, this was ${bytes}`,
    remedy: 'Send less: shorten the text or choose a smaller file',
  }),
  'ipc/too-often': ({ channel, perMinute }: { channel: string; perMinute: number }) => ({
    happened: `${channel} was called more than ${perMinute} times in a minute`,
    remedy: 'Wait a few seconds and try again',
  }),
  'ipc/refused': ({ channel }: { channel: string }) => ({
    happened: `${channel} was called from a place that is not the app’s own window`,
    remedy: 'Use the app’s own window',
  }),
  'internal/unexpected': ({ reference }: { reference: string }) => ({
    happened: `Something went wrong inside the app (reference ${reference})`,
    remedy: 'Nothing more was done. Try again; the log in the data folder holds the reference',
  }),
});
