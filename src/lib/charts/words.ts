import { inLine } from '../format.ts';

const triggers: Record<string, string> = {
	low_confidence: 'Low confidence',
	repeated_question: 'Question repeated',
	customer_request: 'Asked for a person',
	frustration: 'Frustration',
	out_of_scope: 'Out of scope',
	ai_error: 'AI error',
	tool_failure: 'Tool failure',
	repeated_failure: 'Failed again',
	billing_dispute: 'Billing dispute',
	transaction_dispute: 'Transaction dispute',
	cancellation: 'Cancellation',
	legal_compliance: 'Legal or compliance',
	vulnerable_customer: 'Vulnerable customer',
	high_value_account: 'High-value account',
	policy_exception: 'Policy exception',
	account_security: 'Account security',
	sensitive_topic: 'Sensitive topic',
	human_authority: 'Needs a person’s authority'
};

/** A trigger in words; one that is in no table keeps its own, null is "No trigger". */
export function triggerWords(trigger: string | null): string {
	return trigger === null ? 'No trigger' : (triggers[trigger] ?? trigger);
}

/** A topic as the log names it, on one line; null is "(none)". */
export function topicWords(topic: string | null): string {
	return topic === null ? '(none)' : inLine(topic);
}

/** An item of context in words. */
export function contextWords(item: string): string {
	return item.charAt(0).toUpperCase() + item.slice(1);
}
