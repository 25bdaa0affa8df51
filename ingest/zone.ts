/** Time zones, by their IANA names. */
import { UsageError } from './errors.ts';

/** Whether there is a zone of this name. An offset such as +02:00, which newer Nodes take for one, is none. */
export function isZone(name: string): boolean {
	if (/^[+-]/.test(name)) return false;
	try {
		return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
	} catch {
		return false;
	}
}

/**
 * @param where what names the zone, with a colon; nothing for an option that the user typed
 * @throws UsageError when there is no zone of this name
 */
export function checkZone(name: string, where = ''): void {
	if (!isZone(name))
		throw new UsageError(
			`${where}${name} is no time zone; write one such as Europe/Berlin or UTC.`
		);
}

/** The zone of this machine. */
export const machineZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
