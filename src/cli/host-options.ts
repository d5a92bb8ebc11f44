import { nameInHost } from '../dev/hosts.ts';
import { type Option, UsageError } from './command.ts';

export const hostOption: Option = {
  value: 'ADDRESS',
  words: 'the address to listen on; with 0.0.0.0, everyone on the network can connect (default: this machine only)',
};
export const allowHostOption: Option = {
  value: 'NAME',
  many: true,
  words: 'another host name to respond to, such as that of a tunnel',
};

/** @throws UsageError if it is not a host name */
export function hostNames(names: string[]): string[] {
  for (const name of names)
    if (nameInHost(name) === undefined || /:\d+$/.test(name))
      throw new UsageError(
        `--allow-host ${name}: this is not a host name.`,
        'Write only the name, without http:// and without a port, such as  --allow-host preview.example.org .',
      );
  return names;
}
