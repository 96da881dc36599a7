export { faults } from './check.ts';
export type {
  Audience,
  Draft,
  EventDefinition,
  ListDefinition,
  QuestionDefinition,
  ResourceDefinition,
} from './define.ts';
export { DemoMail } from './demo.ts';
export { type AsyncApiDocument, type AsyncApiOptions, asyncApi } from './derived/asyncapi.ts';
export { type Channel, channels } from './derived/channels.ts';
export * from './derived/events.ts';
export { examplePayload } from './derived/example.ts';
export { Export, exportedResources } from './derived/export.ts';
export { isAboutPeople, type ServiceName, serviceNames } from './derived/names.ts';
export type { Answering, AnswersOf, AnswerTo, AskingInput, QuestionOf } from './derived/questions.ts';
export { questionsOf } from './derived/questions.ts';
export { resourceDefinitions, resources, serviceFor } from './derived/resources.ts';
export {
  completed,
  isFilePathSetting,
  isSecretSetting,
  misfits,
  ownerOfSettings,
  SpaceSettings,
} from './derived/settings.ts';
export { lagsOf, pivots, type StateKind, type StatePayload, type States, states } from './derived/states.ts';
export { type Topics, topics } from './derived/topics.ts';
export {
  EventPage,
  Problem,
  page,
  Setting,
  Snapshot,
  Token,
} from './every-service/answers.ts';
export { Envelope, type StoredEvent, toCloudEvent } from './every-service/envelope.ts';
export * from './every-service/report.ts';
export { formerServiceState, lagKey, Pivot, type ServiceStatus, Status } from './every-service/state.ts';
export * from './inventory/entities.ts';
export * from './inventory/meaning.ts';
export * from './inventory/mediawiki.ts';
export * from './inventory/resources.ts';
export type { WikiSettings } from './inventory/settings.ts';
export * from './inventory/words.ts';
export * from './membership/access-resources.ts';
export * from './membership/admission-resources.ts';
export * from './membership/entities.ts';
export { preferences } from './membership/events.ts';
export { ContactAnswer, NamedAnswer, SshKeysAnswer } from './membership/questions.ts';
export * from './membership/register-resources.ts';
export * from './membership/resources.ts';
export type { DirectorySettings, LdapSettings } from './membership/settings.ts';
export type { AccessSettings, TeamSettings } from './membership/team-settings.ts';
export * from './membership/words.ts';
export { expiryStage, sharperStage } from './netwatch/certificate.ts';
export {
  identifyPorts,
  type KnownPort,
  type ListedPort,
  type PortIdentity,
} from './netwatch/port-identity.ts';
export * from './netwatch/resources.ts';
export type * from './netwatch/settings.ts';
export * from './netwatch/things.ts';
export { isNo, type No, no } from './no.ts';
export { AdviceAnswer, AdviceFields, AdviceId, AdviceResource } from './policy/advice.ts';
export {
  Acceptance,
  AskedHoldTarget,
  DesiredNodeState,
  DesiredState,
  PowerTarget,
  RehearsedState,
} from './policy/events.ts';
export type { MailSettings, NoticeTargetSettings } from './policy/notice-settings.ts';
export { type NoticeLine, type NoticeSaid, noticeLine, noticeWords } from './policy/notices/index.ts';
export { because, phrase, type ReasonCode } from './policy/reasons/index.ts';
export { Reason } from './policy/reasons/reason.ts';
export { ReportData, type ReportHappenings, type ReportState } from './policy/report-data.ts';
export { ReportId } from './policy/report-events.ts';
export { ForwardingLink, type ReportDelivery, ReportResource } from './policy/report-resources.ts';
export * from './policy/resources.ts';
export type { LeaseSettings, PolicyTextSettings, PowerSettings } from './policy/settings.ts';
export { problemTitlesNl } from './problem-titles-nl.ts';
export { Duration, milliseconds } from './settings/duration.ts';
export { gibibytes, mebibytes, Size } from './settings/size.ts';
export { decodes } from './settings/values.ts';
export * from './shape.ts';
export * from './ups-monitor/resources.ts';
export type { UpsSettings } from './ups-monitor/settings.ts';
export { Console, NewSize, PeopleAct, VmAct, VmOwner } from './vm-lifecycle/acts.ts';
export { CreationStep, StepFailure } from './vm-lifecycle/creation.ts';
export * from './vm-lifecycle/creation-resources.ts';
export { Drift } from './vm-lifecycle/drift.ts';
export { Offer } from './vm-lifecycle/ownership.ts';
export {
  type Agreement,
  type Change,
  Project,
  ProjectEntity,
  ProjectWithHistory,
  Promotion,
  type PromotionStep,
  PromotionWithSteps,
} from './vm-lifecycle/project-resources.ts';
export { Criteria, OpenPoint, ProjectFields } from './vm-lifecycle/projects.ts';
export { Amounts, Quota } from './vm-lifecycle/quota.ts';
export { RenewalLink } from './vm-lifecycle/renewal-link.ts';
export * from './vm-lifecycle/resources.ts';
export {
  privilegesOf,
  type Right,
  type RightPlace,
  rights,
  rightsOfCall,
  type TokenCall,
  type TokenName,
} from './vm-lifecycle/rights.ts';
export type {
  HypervisorSettings,
  QuotaSettings,
  ReserveSettings,
  SizesSettings,
  TemplateSettings,
} from './vm-lifecycle/settings.ts';
export * from './words.ts';
