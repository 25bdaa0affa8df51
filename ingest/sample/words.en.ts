import type { Words } from './phrases.ts';

export const en: Words = {
	openers: ['', '', '', 'Hi, ', 'Hello, ', 'Hello there. ', 'Good morning, ', 'Quick question: '],
	closers: ['', '', '', '', ' Thanks!', ' Please help.', ' It is urgent.', ' Order {order}.'],
	items: [
		'running shoes',
		'coffee grinder',
		'rain jacket',
		'desk lamp',
		'backpack',
		'e-bike lock'
	],
	cities: ['Leeds', 'Dublin', 'Bristol', 'Glasgow'],
	questions: {
		Delivery: [
			[
				'where is my parcel {order}?',
				'the tracking of {order} has not moved for {days} days'
			],
			[
				'my delivery is {days} days late',
				'the parcel was promised for last week, when will it come?'
			],
			[
				'the box arrived crushed and the {item} is broken',
				'parcel {order} was delivered damaged'
			]
		],
		Returns: [
			['I need a return label for the {item}', 'how do I print the return label of {order}?'],
			[
				'how many days do I have to send the {item} back?',
				'can I still return {order} after {days} weeks?'
			],
			[
				'you sent me the wrong {item}',
				'there is a wrong item in order {order}, I want to send it back'
			]
		],
		Refunds: [
			[
				'where is my refund of {amount}?',
				'I sent it back {days} days ago and there is no money yet'
			],
			[
				'only part of {order} was refunded, {amount} are missing',
				'why was the refund smaller than what I paid?'
			],
			[
				'can you refund to another bank account?',
				'my old card is closed, where does the refund go?'
			]
		],
		'Billing dispute': [
			['I was charged twice for {order}', '{amount} was taken from my card two times'],
			[
				'the invoice says {amount} but we agreed on less',
				'wrong amount on my bill for {order}'
			],
			[
				'I got a dunning letter for a bill I have paid',
				'why do I get a reminder fee for {order}?'
			]
		],
		Cancellation: [
			['I want to cancel my subscription', 'please end my plus membership now'],
			[
				'cancel order {order}, please',
				'I ordered the {item} by mistake, stop it before it ships'
			],
			[
				'close my account for good',
				'I want to delete my customer account and cancel everything'
			]
		],
		'Account access': [
			['I cannot reset my password', 'the password link does not work'],
			[
				'the sign-in code never reaches my phone',
				'new phone, how do I move the two-step sign-in?'
			],
			[
				'someone ordered from my account, I think it was hacked',
				'there is a login from {city} that was not me'
			]
		],
		'Product advice': [
			['which size of the {item} should I take?', 'does the {item} run small?'],
			['does the {item} fit the older model?', 'is the {item} compatible with mine?'],
			[
				'when will the {item} be back in stock?',
				'is the {item} available in the shop in {city}?'
			]
		],
		Warranty: [
			[
				'my {item} stopped working, how do I get it repaired?',
				'how long does a repair of the {item} take?'
			],
			[
				'can I get a replacement for the faulty {item}?',
				'the {item} failed after {days} months, I want a new one'
			],
			['how long is the warranty of the {item}?', 'is order {order} still under warranty?']
		],
		Payment: [
			['my card is declined at checkout', 'payment of {amount} fails every time'],
			['can I pay the {item} in instalments?', 'how do I change the rate of my instalments?'],
			['my voucher code is not accepted', 'the gift card shows {amount} less than it should']
		],
		'Order change': [
			['I gave the wrong address for {order}', 'please deliver {order} to {city} instead'],
			[
				'add another {item} to order {order}',
				'I picked the wrong colour, change the {item} in {order}'
			],
			[
				'can you deliver {order} {days} days later?',
				'move the delivery date of {order}, I am on holiday'
			]
		],
		'Loyalty points': [
			['my points for {order} are missing', 'no points were added for the {item}'],
			['how do I redeem my points?', 'can I pay {amount} with points?'],
			['why did my points expire?', 'my bonus points are gone since last month']
		],
		'Privacy request': [
			['delete all my personal data', 'I want you to erase my data under the GDPR'],
			['send me a copy of the data you hold about me', 'what data do you store about me?'],
			[
				'stop the newsletter, I unsubscribed {days} times',
				'who gave you the consent for advertising?'
			]
		]
	},
	gaps: {
		growing_gap: [
			'can I drop the return at a parcel locker without a printer?',
			'the parcel locker does not accept the QR code of my return',
			'how do I get a QR code to return the {item} at the locker?',
			'locker says QR code invalid, return of {order}'
		],
		fixed_gap: [
			'how do I exchange the battery of the {item}?',
			'where do I get a replacement battery for the {item}?',
			'is the battery covered, it only holds {days} minutes',
			'battery exchange for {order}, who does that?'
		],
		missing_integration: [
			'I have moved, change the delivery address of {order}',
			'change of delivery address to {city} fails for order {order}',
			'please update the street of my delivery address, {order} ships tomorrow',
			'your assistant cannot save my new delivery address for {order}'
		]
	},
	summary: [
		'{subtopic}: customer asks about order {order}. The assistant answered {attempts} times.',
		'Customer writes about {subtopic}, {attempts} answers tried, not settled.',
		'{subtopic}. Identity checked. Answers tried: {attempts}.'
	],
	resolutions: {
		Delivery: ['Traced the parcel with the carrier, new date sent.', 'Sent a replacement.'],
		Returns: ['Sent a return label by email.', 'Extended the return period once.'],
		Refunds: ['Released the refund of {amount}.', 'Corrected the refund, {amount} follows.'],
		'Billing dispute': ['Reversed the second charge.', 'Corrected the invoice and the fee.'],
		Cancellation: ['Cancelled, confirmation sent.', 'Customer stays, two months free.'],
		'Account access': [
			'Reset the sign-in after an identity check.',
			'Locked the account, new password set.'
		],
		'Product advice': ['Advised on the size.', 'Checked stock and reserved one.'],
		Warranty: ['Repair booked with the workshop.', 'Replacement approved.'],
		Payment: ['Payment link sent by email.', 'Reset the voucher.'],
		'Order change': ['Changed the order by hand in the order system.', 'Delivery date moved.'],
		'Loyalty points': ['Added {days}00 points.', 'Explained the expiry of points.'],
		'Privacy request': ['Deletion passed to data protection.', 'Copy of the data sent.']
	},
	gapResolutions: {
		growing_gap: ['Sent a new QR code that works at parcel lockers.'],
		fixed_gap: ['Named the workshop that exchanges batteries.'],
		missing_integration: ['Changed the address by hand in the warehouse system.']
	}
};
