import { describe, expect, it } from 'vitest';
import { metricIds, metrics } from '../src/lib/metrics.ts';

describe('metrics', () => {
	it('every id has its words and knows its own id', () => {
		expect(Object.keys(metrics)).toEqual([...metricIds]);
		for (const id of metricIds) expect(metrics[id].id).toBe(id);
	});

	it('no two metrics share a label', () => {
		const labels = metricIds.map((id) => metrics[id].label);
		expect(new Set(labels).size).toBe(labels.length);
	});

	it('definitions are sentences and fields are names, alternatives joined by "or"', () => {
		for (const metric of Object.values(metrics)) {
			expect(metric.definition).toMatch(/^[A-Z].*\.$/);
			expect(metric.fields.length).toBeGreaterThan(0);
			for (const field of metric.fields) expect(field).toMatch(/^[a-z_]+( or [a-z_]+)*$/);
		}
	});

	it('containment and false containment name each other, so neither is shown alone', () => {
		expect(metrics.containment_rate.companion).toBe('false_containment_rate');
		expect(metrics.false_containment_rate.companion).toBe('containment_rate');
	});

	it('neither handoff rate nor containment is called good or bad', () => {
		expect(metrics.handoff_rate.better).toBeNull();
		expect(metrics.containment_rate.better).toBeNull();
	});
});
