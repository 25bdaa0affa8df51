import type { Words } from './phrases.ts';

export const fr: Words = {
	openers: ['', '', '', 'Bonjour, ', 'Bonsoir, ', 'Bonjour à vous. ', 'Une question : '],
	closers: [
		'',
		'',
		'',
		'',
		' Merci !',
		' Merci de m’aider.',
		' C’est urgent.',
		' Commande {order}.'
	],
	items: ['les baskets', 'le moulin à café', 'la veste', 'la lampe', 'le sac à dos', 'l’antivol'],
	cities: ['Lyon', 'Lille', 'Strasbourg', 'Nantes'],
	questions: {
		Delivery: [
			['où est mon colis {order} ?', 'le suivi de {order} ne bouge plus depuis {days} jours'],
			[
				'ma livraison a {days} jours de retard',
				'le colis était promis pour la semaine dernière, il arrive quand ?'
			],
			['le carton est arrivé écrasé, {item} : cassé', 'le colis {order} a été livré abîmé']
		],
		Returns: [
			[
				'il me faut une étiquette de retour pour {item}',
				'comment imprimer l’étiquette de retour de {order} ?'
			],
			[
				'j’ai combien de jours pour renvoyer {item} ?',
				'je peux encore rendre {order} après {days} semaines ?'
			],
			[
				'vous m’avez envoyé le mauvais article',
				'il y a un mauvais article dans la commande {order}'
			]
		],
		Refunds: [
			[
				'où est mon remboursement de {amount} ?',
				'j’ai renvoyé il y a {days} jours et toujours pas d’argent'
			],
			[
				'une partie de {order} seulement est remboursée, il manque {amount}',
				'pourquoi le remboursement est plus petit que le prix ?'
			],
			[
				'pouvez-vous rembourser sur un autre compte ?',
				'mon ancienne carte est fermée, où va l’argent ?'
			]
		],
		'Billing dispute': [
			['{order} a été débité deux fois', '{amount} ont été prélevés deux fois sur ma carte'],
			[
				'la facture dit {amount}, ce n’est pas juste',
				'mauvais montant sur la facture de {order}'
			],
			[
				'j’ai reçu une relance pour une facture payée',
				'pourquoi des frais de relance pour {order} ?'
			]
		],
		Cancellation: [
			['je veux résilier mon abonnement', 'merci de mettre fin à mon abonnement plus'],
			['annulez la commande {order}', 'commandé par erreur, annulez {item} avant l’envoi'],
			['fermez mon compte client', 'je veux supprimer mon compte et tout annuler']
		],
		'Account access': [
			['je n’arrive pas à changer mon mot de passe', 'le lien du mot de passe ne marche pas'],
			[
				'le code de connexion n’arrive pas sur mon téléphone',
				'nouveau téléphone, comment garder la double connexion ?'
			],
			[
				'quelqu’un a commandé avec mon compte, il est piraté ?',
				'il y a une connexion depuis {city}, ce n’est pas moi'
			]
		],
		'Product advice': [
			['quelle taille prendre pour {item} ?', '{item}, ça taille petit ?'],
			[
				'{item}, est-ce que ça va avec l’ancien modèle ?',
				'{item}, c’est compatible avec le mien ?'
			],
			[
				'quand {item} sera de nouveau en stock ?',
				'est-ce disponible au magasin de {city}, {item} ?'
			]
		],
		Warranty: [
			[
				'{item} : en panne, comment le faire réparer ?',
				'combien de temps dure la réparation, {item} ?'
			],
			[
				'je peux avoir un remplacement pour {item} ?',
				'{item} : en panne après {days} mois, j’en veux un neuf'
			],
			['quelle est la garantie pour {item} ?', '{order} est encore sous garantie ?']
		],
		Payment: [
			['ma carte est refusée à la caisse', 'le paiement de {amount} échoue à chaque fois'],
			[
				'je peux payer {item} en plusieurs fois ?',
				'comment changer le montant de mes échéances ?'
			],
			['mon code cadeau n’est pas accepté', 'il manque {amount} sur la carte cadeau']
		],
		'Order change': [
			['j’ai donné la mauvaise adresse pour {order}', 'livrez {order} à {city} plutôt'],
			[
				'ajoutez encore {item} à la commande {order}',
				'mauvaise couleur, changez {item} dans {order}'
			],
			[
				'pouvez-vous livrer {order} {days} jours plus tard ?',
				'décalez la date de {order}, je suis en vacances'
			]
		],
		'Loyalty points': [
			['il manque mes points pour {order}', 'aucun point ajouté pour {item}'],
			['comment utiliser mes points ?', 'je peux payer {amount} avec des points ?'],
			['pourquoi mes points ont expiré ?', 'mes points bonus ont disparu depuis un mois']
		],
		'Privacy request': [
			['effacez toutes mes données', 'je demande l’effacement de mes données, RGPD'],
			['envoyez-moi une copie de mes données', 'quelles données gardez-vous sur moi ?'],
			[
				'plus de newsletter, je me suis désabonné {days} fois',
				'qui vous a donné l’accord pour la publicité ?'
			]
		]
	},
	gaps: {
		growing_gap: [
			'je peux déposer le retour en consigne automatique sans imprimante ?',
			'la consigne automatique refuse le code QR de mon retour',
			'comment avoir un code QR pour la consigne, retour de {item} ?',
			'la consigne dit code QR invalide, retour {order}'
		],
		fixed_gap: [
			'comment changer la batterie, {item} ?',
			'où trouver une batterie de rechange pour {item} ?',
			'la batterie est couverte ? elle tient {days} minutes',
			'échange de batterie pour {order}, qui le fait ?'
		],
		missing_integration: [
			'j’ai déménagé, changez l’adresse de livraison de {order}',
			'le changement d’adresse de livraison vers {city} échoue, {order}',
			'changez la rue de mon adresse de livraison, {order} part demain',
			'l’assistant ne peut pas enregistrer ma nouvelle adresse de livraison, {order}'
		]
	},
	summary: [
		'{subtopic} : question sur la commande {order}. L’assistant a répondu {attempts} fois.',
		'Le client écrit au sujet de {subtopic}, {attempts} réponses, pas réglé.',
		'{subtopic}. Identité vérifiée. Réponses : {attempts}.'
	],
	resolutions: {
		Delivery: ['Colis retrouvé chez le transporteur, nouvelle date.', 'Remplacement envoyé.'],
		Returns: ['Étiquette de retour envoyée.', 'Délai prolongé une fois.'],
		Refunds: ['Remboursement de {amount} lancé.', 'Remboursement corrigé, {amount} suivent.'],
		'Billing dispute': ['Second débit annulé.', 'Facture et frais corrigés.'],
		Cancellation: ['Résilié, confirmation envoyée.', 'Le client reste, deux mois offerts.'],
		'Account access': [
			'Connexion rétablie après vérification.',
			'Compte bloqué, nouveau mot de passe.'
		],
		'Product advice': ['Conseil sur la taille.', 'Stock vérifié, un article réservé.'],
		Warranty: ['Réparation réservée à l’atelier.', 'Remplacement accordé.'],
		Payment: ['Lien de paiement envoyé.', 'Bon cadeau rétabli.'],
		'Order change': ['Commande changée à la main.', 'Date de livraison décalée.'],
		'Loyalty points': ['{days}00 points ajoutés.', 'Expiration des points expliquée.'],
		'Privacy request': ['Effacement transmis.', 'Copie des données envoyée.']
	},
	gapResolutions: {
		growing_gap: ['Nouveau code QR envoyé, valable en consigne.'],
		fixed_gap: ['Atelier indiqué pour la batterie.'],
		missing_integration: ['Adresse changée à la main dans le système d’entrepôt.']
	}
};
