/** The schema that the rows of each query are parsed with. */
import type { z } from 'zod';
import { aboveRow, moveRow } from '../../src/lib/server/week/causes.ts';
import { answerRow } from '../../src/lib/server/csat/csat.ts';
import { pathRow } from '../../src/lib/server/csat/csatPaths.ts';
import { waitRow } from '../../src/lib/server/csat/csatWaits.ts';
import { fixRow, fixTopicRow } from '../../src/lib/server/fixes/fixRow.ts';
import { fixWeekRow } from '../../src/lib/server/fixes/fixWeeks.ts';
import { aiVersionRow, peopleRow } from '../../src/lib/server/gaps/oneGap.ts';
import {
	evidenceRow,
	failureRow,
	cameBackRow,
	phraseHandoffRow,
	phraseRepeatRow,
	ratingRow,
	repeatWorkRow,
	volumeRow
} from '../../src/lib/server/gaps/gapRows.ts';
import { handoffRow } from '../../src/lib/server/handoff/handoff.ts';
import { contactRow } from '../../src/lib/server/handoff/handoffContacts.ts';
import { bearingRow, listedRow } from '../../src/lib/server/handoffs/handoffs.ts';
import {
	conversationBearingRow,
	kindRow,
	listedConversationRow,
	recordedRow
} from '../../src/lib/server/conversations/conversations.ts';
import { csvRow, dayRow, ndjsonRow } from '../../src/lib/server/list/listFile.ts';
import { pageRow } from '../../src/lib/server/list/listPage.ts';
import {
	conversationCoverageRow,
	extentRow,
	handoffCoverageRow,
	importRow,
	triggerRow,
	unknownTriggerRow
} from '../../src/lib/server/store/log.ts';
import { importDayRow, versionRow } from '../../src/lib/server/scope/marks.ts';
import {
	containmentRow,
	repeatRow,
	resolutionRow
} from '../../src/lib/server/definitions/otherDefinitions.ts';
import { binRow } from '../../src/lib/server/quality/quality.ts';
import { contextRow } from '../../src/lib/server/quality/qualityContext.ts';
import { endRow } from '../../src/lib/server/quality/qualityForetelling.ts';
import { patternRow } from '../../src/lib/server/quality/qualityWeights.ts';
import { groupRow } from '../../src/lib/server/phrases/phraseEntries.ts';
import { centralRow, countRow, everRow } from '../../src/lib/server/phrases/phraseGroups.ts';
import { questionRow, waitingRow } from '../../src/lib/server/phrases/phraseJob.ts';
import { modelRow } from '../../src/lib/server/phrases/phraseModels.ts';
import { labelledRow, outdatedRow } from '../../src/lib/server/phrases/relabel.ts';
import { refusedRow } from '../../src/lib/server/store/quarantine.ts';
import {
	destinationRow,
	identifiedRow,
	lifeRow,
	repeatLimitsRow
} from '../../src/lib/server/repeats/repeatRows.ts';
import { keptReviewRow } from '../../src/lib/server/reviews/reviewImport.ts';
import {
	chainRow,
	confidentRow,
	decisionRow,
	handbackRow,
	judgedRow,
	latenessRow,
	requestRow,
	turnRow,
	withinRow
} from '../../src/lib/server/triggers/triggerRows.ts';
import { reviewRow } from '../../src/lib/server/reviews/reviews.ts';
import { facetRow } from '../../src/lib/server/scope/scope.ts';
import { endingRow } from '../../src/lib/server/waits/waitAbandonment.ts';
import { doseRow } from '../../src/lib/server/waits/waitDoses.ts';
import { resolutionTimeRow, resolvedByRow } from '../../src/lib/server/waits/waitResolution.ts';
import { hourRow } from '../../src/lib/server/waits/waits.ts';
import { worstRow } from '../../src/lib/server/week/worst.ts';

/** By the query's name; the files of metrics share theirs. */
export const rowSchemas: Record<string, z.ZodType> = {
	'conversations/bearing': conversationBearingRow,
	'conversations/csv': csvRow,
	'conversations/days': dayRow,
	'conversations/kinds': kindRow,
	'conversations/ndjson': ndjsonRow,
	'conversations/page': pageRow,
	'conversations/recorded': recordedRow,
	'conversations/rows': listedConversationRow,
	'csat/answers': answerRow,
	'csat/by_path': pathRow,
	'csat/by_wait': waitRow,
	'definitions/containment': containmentRow,
	'definitions/repeats': repeatRow,
	'definitions/resolution': resolutionRow,
	'fixes/all': fixRow,
	'fixes/topics': fixTopicRow,
	'fixes/weeks': fixWeekRow,
	'gaps/ai_versions': aiVersionRow,
	'gaps/evidence': evidenceRow,
	'gaps/failures': failureRow,
	'gaps/came_back': cameBackRow,
	'gaps/phrase_handoffs': phraseHandoffRow,
	'gaps/phrase_repeats': phraseRepeatRow,
	'gaps/ratings': ratingRow,
	'gaps/repeat_work': repeatWorkRow,
	'gaps/resolutions': peopleRow,
	'gaps/volumes': volumeRow,
	'handoff/contacts': contactRow,
	'handoff/one': handoffRow,
	'handoff/reviews': reviewRow,
	'handoff/worst': worstRow,
	'handoffs/bearing': bearingRow,
	'handoffs/csv': csvRow,
	'handoffs/days': dayRow,
	'handoffs/ndjson': ndjsonRow,
	'handoffs/page': pageRow,
	'handoffs/rows': listedRow,
	'log/conversation_coverage': conversationCoverageRow,
	'log/extent': extentRow,
	'log/handoff_coverage': handoffCoverageRow,
	'log/last_import': importRow,
	'log/quarantine': refusedRow,
	'log/triggers': triggerRow,
	'log/unknown_triggers': unknownTriggerRow,
	'marks/imports': importDayRow,
	'marks/versions': versionRow,
	'phrases/central': centralRow,
	'phrases/counts': countRow,
	'phrases/ever': everRow,
	'phrases/groups': groupRow,
	'phrases/labelled': labelledRow,
	'phrases/model': modelRow,
	'phrases/outdated': outdatedRow,
	'phrases/questions': questionRow,
	'phrases/waiting': waitingRow,
	'quality/context_items': contextRow,
	'quality/ends': endRow,
	'quality/patterns': patternRow,
	'quality/score_bins': binRow,
	'repeats/destinations': destinationRow,
	'repeats/identified': identifiedRow,
	'repeats/life': lifeRow,
	'repeats/limits': repeatLimitsRow,
	'reviews/all': keptReviewRow,
	'scope/conversation_facets': facetRow,
	'scope/facets': facetRow,
	'triggers/chains': chainRow,
	'triggers/confident': confidentRow,
	'triggers/decisions': decisionRow,
	'triggers/handbacks': handbackRow,
	'triggers/lateness': latenessRow,
	'triggers/requests': requestRow,
	'triggers/reviews': judgedRow,
	'triggers/turns': turnRow,
	'triggers/within_topics': withinRow,
	'waits/doses': doseRow,
	'waits/endings': endingRow,
	'waits/hours': hourRow,
	'waits/resolution': resolutionTimeRow,
	'waits/resolved_by': resolvedByRow,
	'week/above': aboveRow,
	'week/moves': moveRow
};
