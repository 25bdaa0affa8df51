/** The settings that definitions hang on, in words. */
import { definingSettings, type DefiningSetting, type SettingInForce } from '../../definitions.ts';
import { formatDuration, formatNumber } from '../../format.ts';
import { defaultSettings, type Settings } from './settings.ts';

const days = (count: number) => (count === 1 ? '1 day' : `${String(count)} days`);

const trimmed = (value: number) => formatNumber(value, Number.isInteger(value) ? 0 : 2);

const words: { [Key in DefiningSetting]: (value: Settings[Key]) => string } = {
	timezone: (zone) => zone ?? 'that of the first log that names one',
	triggers: ({ failure, topic }) => `failure: ${failure.join(', ')}; topic: ${topic.join(', ')}`,
	trigger_aliases: (aliases) =>
		Object.entries(aliases)
			.map(([spelling, trigger]) => `${spelling} = ${trigger}`)
			.join(', ') || 'none',
	late_limit_s: (limits) =>
		Object.entries(limits)
			.map(([channel, limit]) => `${channel} ${formatDuration(limit)}`)
			.join(', ') || 'none of their own',
	default_late_limit_s: formatDuration,
	late_human_requests: String,
	late_ai_attempts: String,
	required_context: (items) => items.join(', '),
	gap_target_s: formatDuration,
	gap_worst_s: formatDuration,
	repeat_grace_s: formatDuration,
	repeat_window_days: days,
	score_weights: (weights) =>
		Object.entries(weights)
			.map(([part, weight]) => `${part} ${trimmed(weight)}`)
			.join(', ')
};

/** A setting in force. @param zone the team's zone, where the settings name none */
function inForce<Key extends DefiningSetting>(
	key: Key,
	settings: Settings,
	zone: string
): SettingInForce {
	const say = words[key];
	const value = say(settings[key]);
	const usual = say(defaultSettings[key]);
	return {
		key,
		value: key === 'timezone' ? zone : value,
		usual: value === usual ? null : usual
	};
}

/** Every setting that a definition hangs on, as it is in force. */
export const settingsInForce = (settings: Settings, zone: string): SettingInForce[] =>
	definingSettings.map((key) => inForce(key, settings, zone));
