/** The trigger table that holds where the settings name no other: why an AI hands over, by route. */
export const failureTriggers = [
	'low_confidence',
	'repeated_question',
	'customer_request',
	'frustration',
	'out_of_scope',
	'ai_error',
	'tool_failure',
	'repeated_failure'
] as const;

export const topicTriggers = [
	'billing_dispute',
	'transaction_dispute',
	'cancellation',
	'legal_compliance',
	'vulnerable_customer',
	'high_value_account',
	'policy_exception',
	'account_security',
	'sensitive_topic',
	'human_authority'
] as const;

export type Trigger = (typeof failureTriggers)[number] | (typeof topicTriggers)[number];

export const routeOf = (trigger: Trigger): 'failure' | 'topic' =>
	failureTriggers.some((name) => name === trigger) ? 'failure' : 'topic';
