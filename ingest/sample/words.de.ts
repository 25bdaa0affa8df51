import type { Words } from './phrases.ts';

export const de: Words = {
	openers: ['', '', '', 'Hallo, ', 'Guten Tag, ', 'Hallo zusammen. ', 'Moin, ', 'Kurze Frage: '],
	closers: ['', '', '', '', ' Danke!', ' Bitte um Hilfe.', ' Es eilt.', ' Bestellung {order}.'],
	items: [
		'Laufschuhe',
		'Kaffeemühle',
		'Regenjacke',
		'Schreibtischlampe',
		'Rucksack',
		'Fahrradschloss'
	],
	cities: ['Köln', 'Leipzig', 'Hamburg', 'München'],
	questions: {
		Delivery: [
			[
				'wo bleibt mein Paket {order}?',
				'die Sendungsverfolgung von {order} steht seit {days} Tagen still'
			],
			[
				'meine Lieferung ist {days} Tage zu spät',
				'das Paket sollte letzte Woche kommen, wann kommt es?'
			],
			[
				'der Karton kam zerdrückt an, {item} ist kaputt',
				'das Paket {order} wurde beschädigt geliefert'
			]
		],
		Returns: [
			[
				'ich brauche ein Rücksendeetikett für {item}',
				'wie drucke ich das Etikett für die Rücksendung von {order}?'
			],
			[
				'wie lange kann ich {item} zurückschicken?',
				'kann ich {order} nach {days} Wochen noch zurückgeben?'
			],
			[
				'Sie haben mir den falschen Artikel geschickt',
				'in der Bestellung {order} liegt ein falscher Artikel'
			]
		],
		Refunds: [
			[
				'wo bleibt meine Erstattung von {amount}?',
				'ich habe vor {days} Tagen zurückgeschickt und noch kein Geld'
			],
			[
				'nur ein Teil von {order} wurde erstattet, {amount} fehlen',
				'warum ist die Erstattung kleiner als der Preis?'
			],
			[
				'können Sie auf ein anderes Konto erstatten?',
				'meine alte Karte ist gekündigt, wohin geht das Geld?'
			]
		],
		'Billing dispute': [
			[
				'{order} wurde doppelt abgebucht',
				'{amount} wurden zweimal von meiner Karte abgebucht'
			],
			[
				'auf der Rechnung stehen {amount}, das stimmt nicht',
				'falscher Betrag auf der Rechnung zu {order}'
			],
			[
				'ich habe eine Mahnung bekommen, obwohl ich bezahlt habe',
				'warum die Mahngebühr für {order}?'
			]
		],
		Cancellation: [
			['ich möchte mein Abo kündigen', 'bitte beenden Sie meine Plus-Mitgliedschaft'],
			[
				'bitte {order} stornieren',
				'aus Versehen bestellt, bitte {item} vor dem Versand stornieren'
			],
			['mein Kundenkonto soll geschlossen werden', 'Konto löschen und alles kündigen, bitte']
		],
		'Account access': [
			[
				'ich kann mein Passwort nicht zurücksetzen',
				'der Link für das neue Passwort geht nicht'
			],
			[
				'der Anmeldecode kommt nicht auf meinem Handy an',
				'neues Handy, wie ziehe ich die Anmeldung in zwei Schritten um?'
			],
			[
				'jemand hat über mein Konto bestellt, wurde es gehackt?',
				'da ist eine Anmeldung aus {city}, das war ich nicht'
			]
		],
		'Product advice': [
			['welche Größe soll ich bei {item} nehmen?', 'fällt {item} klein aus?'],
			['passt {item} zum älteren Modell?', 'ist {item} mit meinem Gerät kompatibel?'],
			['wann ist {item} wieder lieferbar?', 'gibt es {item} im Laden in {city}?']
		],
		Warranty: [
			[
				'{item} geht nicht mehr, wie läuft die Reparatur?',
				'wie lange dauert die Reparatur von {item}?'
			],
			[
				'bekomme ich Ersatz für {item}?',
				'{item} ist nach {days} Monaten defekt, ich will ein neues Gerät'
			],
			['wie lange gilt die Garantie auf {item}?', 'ist {order} noch in der Garantie?']
		],
		Payment: [
			[
				'meine Karte wird an der Kasse abgelehnt',
				'die Zahlung von {amount} schlägt jedes Mal fehl'
			],
			['kann ich {item} in Raten zahlen?', 'wie ändere ich die Rate meiner Ratenzahlung?'],
			['mein Gutscheincode wird nicht angenommen', 'auf dem Gutschein fehlen {amount}']
		],
		'Order change': [
			[
				'ich habe bei {order} die falsche Adresse angegeben',
				'bitte {order} nach {city} liefern'
			],
			[
				'bitte noch einmal {item} zu {order} dazu',
				'falsche Farbe gewählt, bitte {item} in {order} tauschen'
			],
			[
				'können Sie {order} {days} Tage später liefern?',
				'Liefertermin von {order} verschieben, ich bin im Urlaub'
			]
		],
		'Loyalty points': [
			['meine Punkte für {order} fehlen', 'für {item} wurden keine Punkte gutgeschrieben'],
			['wie löse ich meine Punkte ein?', 'kann ich {amount} mit Punkten zahlen?'],
			['warum sind meine Punkte verfallen?', 'meine Bonuspunkte sind seit letztem Monat weg']
		],
		'Privacy request': [
			[
				'bitte alle meine persönlichen Daten löschen',
				'ich verlange die Löschung meiner Daten nach DSGVO'
			],
			[
				'schicken Sie mir eine Kopie meiner Daten',
				'welche Daten haben Sie über mich gespeichert?'
			],
			[
				'kein Newsletter mehr, ich habe {days} Mal abbestellt',
				'woher haben Sie die Einwilligung für Werbung?'
			]
		]
	},
	gaps: {
		growing_gap: [
			'kann ich die Rücksendung ohne Drucker an der Packstation abgeben?',
			'die Packstation nimmt den QR-Code meiner Rücksendung nicht an',
			'woher bekomme ich den QR-Code für die Packstation für {item}?',
			'Packstation meldet QR-Code ungültig, Rücksendung {order}'
		],
		fixed_gap: [
			'wie tausche ich den Akku von {item}?',
			'wo bekomme ich einen Ersatzakku für {item}?',
			'gilt der Akkutausch als Garantie, er hält nur {days} Minuten',
			'Akkutausch für {order}, wer macht das?'
		],
		missing_integration: [
			'ich bin umgezogen, bitte Lieferadresse von {order} ändern',
			'Änderung der Lieferadresse nach {city} klappt bei {order} nicht',
			'bitte die Straße der Lieferadresse ändern, {order} geht morgen raus',
			'der Assistent kann meine neue Lieferadresse für {order} nicht speichern'
		]
	},
	summary: [
		'{subtopic}: Kunde fragt zu Bestellung {order}. Der Assistent hat {attempts} Mal geantwortet.',
		'Kunde schreibt zu {subtopic}, {attempts} Antworten versucht, offen.',
		'{subtopic}. Identität geprüft. Antworten versucht: {attempts}.'
	],
	resolutions: {
		Delivery: ['Paket beim Zusteller gesucht, neuen Termin genannt.', 'Ersatz verschickt.'],
		Returns: ['Rücksendeetikett per E-Mail geschickt.', 'Frist einmalig verlängert.'],
		Refunds: [
			'Erstattung von {amount} freigegeben.',
			'Erstattung berichtigt, {amount} folgen.'
		],
		'Billing dispute': ['Doppelte Abbuchung zurückgebucht.', 'Rechnung und Gebühr berichtigt.'],
		Cancellation: ['Gekündigt, Bestätigung verschickt.', 'Kunde bleibt, zwei Monate frei.'],
		'Account access': [
			'Anmeldung nach Prüfung zurückgesetzt.',
			'Konto gesperrt, neues Passwort gesetzt.'
		],
		'Product advice': ['Zur Größe beraten.', 'Bestand geprüft und eines zurückgelegt.'],
		Warranty: ['Reparatur in der Werkstatt gebucht.', 'Ersatz genehmigt.'],
		Payment: ['Zahlungslink per E-Mail geschickt.', 'Gutschein zurückgesetzt.'],
		'Order change': ['Bestellung von Hand im System geändert.', 'Liefertermin verschoben.'],
		'Loyalty points': ['{days}00 Punkte gutgeschrieben.', 'Verfall der Punkte erklärt.'],
		'Privacy request': ['Löschung an den Datenschutz gegeben.', 'Kopie der Daten verschickt.']
	},
	gapResolutions: {
		growing_gap: ['Neuen QR-Code geschickt, der an der Packstation gilt.'],
		fixed_gap: ['Werkstatt genannt, die den Akku tauscht.'],
		missing_integration: ['Adresse von Hand im Lagersystem geändert.']
	}
};
