/**
 * Words that say nothing of the matter, and greetings, of the seven languages most logs are in. Only to
 * keep them out of names of groups, where a group stands alone and has no others to differ from; other
 * languages are named by contrast alone.
 */
const lists = `
a about after all also am an and any are as at be because been before but by can can't could did didn't do does doesn't
don't for from get got had has have haven't hello help hi how i i'd i'll i'm i've if in into is isn't it it's its just
know like made make me my need no not of on or our out please so some tell than thank thanks that that's the their them
then there these they this to too up us use using want was wasn't way we were what what's when where which while who why
will with won't would you your good morning afternoon evening quick
being cannot could each else ever every gets getting give gives go goes going here he her his it'll let lets may maybe
might much must never off one only other own put says see seem seems she should since someone something still such take
takes there's they're very we're where's you're yet already again always another anything even
aber als am an auch auf aus bei bin bis bitte da danke das dass dem den der des die dies diese dieser doch du ein eine
einem einen einer er es für gibt guten habe haben hallo hat hatte ich ihr im in ist ja kann kein keine können man mein
meine meinem meinen meiner meines mich mir mit möchte muss nach nicht noch nur oder schon sein sich sie sind so über um
und uns von vom warum was wann weil wenn werden wer wie wieso will wird wir wo wurde wurden zu zum zur moin zusammen kurze frage brauche eilt morgen abend
allein alle alles ab bekam bekomme bekommen bekommt bereits bleiben bleibt dabei damit dann dazu denn diesem diesen dort
etwas euch euer eure ganz gar geben geht gehen gerade gern gerne gilt ging hast hatten hätte hier ihre ihrem ihren ihrer
ihn ihnen immer jemand jetzt klappt komme kommen kommt lassen leider lässt mache machen macht gemacht mal mehr muss musste
müssen nun ob obwohl sagt sehr seine seit soll sollen sollte sollten sonst stehen steht tun tut unser unsere war waren wäre
weder weiter welche welcher welches wieder wollen wollte worden würde zwar
ai alors au aux avec bonjour c'est ce ces cette comment dans de des du elle en est et été être fait il j'ai je la le les
leur ma mais me merci mes moi mon n'ai n'est ne nous on ou où par pas peut peux plus pour pourquoi puis quand que quel
quelle qui sa ses si son suis sur tu un une veux vous bonsoir salut pouvez soit
allez après aussi autre avant avez avoir avons bien c'était car cela cet d'un d'une depuis deux devrait devrais dois doit
doivent donc déjà elles encore entre eu fais font faut faudrait ils j'en j'y jamais l'on leurs lors même n'a n'y nos notre
ont peu pouvoir près qu'il qu'elle qu'on quoi rien reste sans ses sont s'il svp plaît toujours tous tout toute toutes trop
très va vais vers voici voilà vont vos votre voudrais vu était étais
al cómo como con cuál cuando de del donde dónde el ella en es está esta este esto fue gracias ha hacer hasta hay he hola
la las le lo los me mi mis muy más no nos o para pero por porque puedo que qué quiero se si sí sin sobre son su sus te
tengo un una y ya yo
aan als bij dat de deze die dit een en er geen hallo heb hebben heeft het hoe ik in is kan maar me mij mijn naar niet nog
om ook op te uit van voor waar waarom wat we wel wie wil wordt zijn
ao as com como da das de do dos e ela em essa esse esta está este eu foi já mais mas me meu minha na não nas no nos o os
ou para pela pelo por porque posso qual quando que quero se sem ser seu sua tem tenho um uma você
anche c'è che chi ci come con cosa da dal dalla degli dei del della delle di dove e è gli ha ho i il io la le lo ma mi
mia mio nel nella non o per perché più posso quale quando questa questo se si sono su sul un una vorrei
`;

export const functionWords: ReadonlySet<string> = new Set(lists.trim().split(/\s+/u));
