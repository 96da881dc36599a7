-- Rules instead of one pipeline: facts in tables of one shape, the desired state records of VMs and nodes in one table, what
-- each rule remembers in another; holds, violations and modes keyed by their own ids. What was decided is kept, and generations
-- go on: in the middle of a power cut nothing is decided anew for it.
ALTER TABLE "policy"."feed" RENAME TO "ups";--> statement-breakpoint
ALTER TABLE "policy"."ups" RENAME COLUMN "ups" TO "key";--> statement-breakpoint
ALTER TABLE "policy"."guest" RENAME TO "vm";--> statement-breakpoint
ALTER TABLE "policy"."vm" RENAME COLUMN "vm" TO "key";--> statement-breakpoint
ALTER TABLE "policy"."node" ADD COLUMN "state" jsonb;--> statement-breakpoint
UPDATE "policy"."node" SET "state" = jsonb_build_object(
  'id', split_part("key", '/', 1) || '-' || regexp_replace(lower(split_part("key", '/', 2)), '[^a-z0-9]+', '-', 'g'),
  'hypervisor', split_part("key", '/', 1), 'node', split_part("key", '/', 2), 'online', "online");--> statement-breakpoint
ALTER TABLE "policy"."node" ALTER COLUMN "state" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "policy"."node" DROP COLUMN "online";--> statement-breakpoint
ALTER TABLE "policy"."hypervisor" RENAME COLUMN "id" TO "key";--> statement-breakpoint
ALTER TABLE "policy"."hypervisor" ADD COLUMN "state" jsonb;--> statement-breakpoint
UPDATE "policy"."hypervisor" SET "state" = jsonb_build_object('id', "key", 'reachable', "reachable");--> statement-breakpoint
ALTER TABLE "policy"."hypervisor" ALTER COLUMN "state" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "policy"."hypervisor" DROP COLUMN "reachable";--> statement-breakpoint
CREATE TABLE "policy"."desired_state" (
	"target" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL,
	"decision" text
);
--> statement-breakpoint
CREATE TABLE "policy"."rule_memory" (
	"rule" text NOT NULL,
	"key" text NOT NULL,
	"state" jsonb NOT NULL,
	CONSTRAINT "rule_memory_rule_key_pk" PRIMARY KEY("rule","key")
);
--> statement-breakpoint
-- The decisions about VMs and nodes as they stood, in one shape; codes that were used as state become columns.
CREATE TEMPORARY TABLE "standing_before" ON COMMIT DROP AS
  SELECT s."target", s."kind", s."decided_at", s."decision", s."desired", s."shed", s."attempt", h."epoch"::text AS "epoch",
    l."correlation_id"::text AS "chain",
    coalesce(s."desired" -> 'reasons' -> 0 ->> 'code', '') AS "code",
    s."desired" ->> 'mode' = 'enforce' AS "enforced",
    CASE WHEN s."desired" ->> 'state' = 'hands-off' THEN NULL ELSE s."desired" ->> 'state' END AS "act"
  FROM (
    SELECT 'vm/' || "vm" AS "target", 'guest' AS "kind", ("state" ->> 'decidedAt')::numeric AS "decided_at", "decision",
      "state" -> 'desired' AS "desired", "state" -> 'shed' AS "shed",
      CASE WHEN "state" #>> '{desired,state}' = 'running'
        THEN coalesce(("state" #>> '{shed,startsGivenUp}')::integer, 0) ELSE 0 END AS "attempt"
    FROM "policy"."standing"
    UNION ALL
    SELECT 'node/' || ("state" #>> '{desired,hypervisor}') || '-' ||
        regexp_replace(lower("state" #>> '{desired,node}'), '[^a-z0-9]+', '-', 'g'),
      'node', ("state" ->> 'decidedAt')::numeric, "decision",
      ("state" -> 'desired') || jsonb_build_object('rule', CASE WHEN ("state" ->> 'shed')::boolean THEN 'power' ELSE 'keep' END),
      CASE WHEN ("state" ->> 'shed')::boolean
        THEN jsonb_build_object('since', "state" -> 'decidedAt', 'enforced', "state" -> 'enforced') END,
      NULL
    FROM "policy"."node_standing") s
  CROSS JOIN "policy"."log_head" h
  LEFT JOIN "policy"."event_log" l ON l."id"::text = s."decision";--> statement-breakpoint
-- Of an opinion that a rule still has, and of the decision made of it, `since` and `attempt` are the same.
CREATE TEMPORARY TABLE "wanted_before" ON COMMIT DROP AS
  SELECT b.*,
    jsonb_strip_nulls(jsonb_build_object(
      'tier', CASE "act" WHEN 'running' THEN 'restore' ELSE 'power' END, 'state', "act", 'clause', "desired" -> 'clause',
      'attempt', "attempt", 'since', "decided_at")) AS "opinion",
    jsonb_strip_nulls(jsonb_build_object(
      'clause', "desired" -> 'clause', 'reasons', coalesce("desired" -> 'reasons', '[]'::jsonb),
      'evidence', "desired" -> 'evidence', 'stage', "desired" -> 'stage', 'since', "decided_at")) AS "why",
    jsonb_strip_nulls(jsonb_build_object(
      'target', "target", 'generation', "desired" -> 'generation', 'decidedAt', "decided_at", 'correlationid', "chain",
      'settingsHash', "desired" -> 'settingsHash')) AS "made"
  FROM "standing_before" b;--> statement-breakpoint
INSERT INTO "policy"."desired_state" ("target", "state", "decision")
  SELECT "target", jsonb_build_object('target', "target", 'epoch', "epoch",
    'decided', "why" || "made" || CASE
      WHEN NOT "enforced" OR "desired" ->> 'rule' = 'keep' THEN '{"rule": "none", "tier": "none", "state": "hands-off"}'::jsonb
      WHEN "act" IS NOT NULL THEN '{"rule": "power"}'::jsonb || "opinion" || jsonb_build_object(
        'validUntil', floor(extract(epoch FROM ("desired" ->> 'validUntil')::timestamptz) * 1000))
      WHEN "desired" ->> 'rule' = 'hold'
        THEN '{"rule": "hold", "tier": "hold", "state": "hands-off", "recorded": true}'::jsonb
      WHEN "desired" -> 'reasons' @> '[{"code": "self"}]'
        THEN '{"rule": "power", "tier": "power", "state": "hands-off", "recorded": true}'::jsonb
      ELSE '{"rule": "power", "tier": "power", "state": "hands-off"}'::jsonb END,
    'opinions', CASE WHEN "act" IS NULL OR "desired" ->> 'rule' <> 'power' THEN '{}'::jsonb
      ELSE jsonb_build_object('power', "opinion" ||
        CASE WHEN "act" = 'running' AND NOT coalesce(("shed" ->> 'enforced')::boolean, false)
          THEN '{"limitedTo": "dry-run"}'::jsonb ELSE '{}'::jsonb END) END)
    || CASE WHEN "enforced" OR "act" IS NULL THEN '{}'::jsonb
      ELSE jsonb_build_object('rehearsed', "why" || '{"rule": "power"}'::jsonb || "opinion") END,
    nullif("decision", '')
  FROM "wanted_before";--> statement-breakpoint
INSERT INTO "policy"."rule_memory" ("rule", "key", "state")
  SELECT 'power', 'ups/' || "ups", jsonb_build_object('kind', 'outage', 'ups', "ups", 'since', "state" -> 'since',
    'stage', "state" -> 'stage', 'spellAt', "state" -> 'spellSince', 'reasons', coalesce("state" -> 'reasons', '[]'::jsonb),
    'correlationid', "state" -> 'correlationid')
  FROM "policy"."outage";--> statement-breakpoint
INSERT INTO "policy"."rule_memory" ("rule", "key", "state")
  SELECT 'power', "target", jsonb_strip_nulls(jsonb_build_object('kind', "kind", 'epoch', "epoch",
    'since', coalesce("shed" -> 'since', to_jsonb("decided_at")),
    'enforced', coalesce("shed" -> 'enforced', 'true'::jsonb),
    'correlationid', coalesce("shed" ->> 'correlationid', "chain", ''),
    'evidence', coalesce("desired" -> 'evidence', '[]'::jsonb),
    'asking', CASE WHEN "act" IS NOT NULL AND "desired" ->> 'rule' = 'power' THEN jsonb_build_object(
      'state', "act", 'attempt', coalesce("attempt", 0), 'since', "decided_at") END,
    'withdrawnAt', CASE WHEN "act" IS NULL AND "code" NOT IN ('gave-up', 'self') AND NOT "desired" -> 'reasons' @> '[{"code": "self"}]'
      THEN "decided_at" END,
    'trustedAt', CASE WHEN "code" = 'gave-up' THEN "decided_at" END,
    'gaveUpAt', CASE WHEN "code" = 'gave-up' THEN "decided_at" END))
  FROM "wanted_before" WHERE "shed" IS NOT NULL AND "shed" <> 'null'::jsonb OR "code" = 'gave-up';--> statement-breakpoint
DROP TABLE "policy"."standing";--> statement-breakpoint
DROP TABLE "policy"."node_standing";--> statement-breakpoint
DROP TABLE "policy"."outage";--> statement-breakpoint
-- A hold of before is known by its VM, as its events are.
ALTER TABLE "policy"."hold" RENAME TO "hold_before";--> statement-breakpoint
CREATE TABLE "policy"."hold" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"target" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"because" text NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
INSERT INTO "policy"."hold" ("id", "version", "target", "since", "until", "because", "by")
  SELECT "vm", coalesce((SELECT max(e."version") FROM "policy"."event_log" e WHERE e."subject" = 'hold/' || b."vm"), 0),
    'vm/' || "vm", to_timestamp(("state" ->> 'since')::numeric / 1000), to_timestamp(("state" ->> 'until')::numeric / 1000),
    "state" ->> 'because', "state" ->> 'by'
  FROM "policy"."hold_before" b;--> statement-breakpoint
DROP TABLE "policy"."hold_before";--> statement-breakpoint
ALTER TABLE "policy"."violation" RENAME TO "violation_before";--> statement-breakpoint
CREATE TABLE "policy"."violation" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"cause" text NOT NULL,
	"found" jsonb NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"accepted" jsonb,
	CONSTRAINT "violation_key" UNIQUE("kind","subject","cause")
);
--> statement-breakpoint
INSERT INTO "policy"."violation" ("id", "version", "kind", "subject", "cause", "found", "since")
  SELECT "id", coalesce((SELECT max(e."version") FROM "policy"."event_log" e WHERE e."subject" = 'violation/' || b."id"), 0),
    "state" #>> '{found,kind}', "state" #>> '{found,about}', '',
    jsonb_build_object('rule', 'power', 'kind', "state" #> '{found,kind}', 'subject', "state" #> '{found,about}',
      'severity', "state" #> '{found,severity}', 'clause', "state" #> '{found,clause}',
      'reasons', coalesce("state" #> '{found,reasons}', '[]'::jsonb), 'evidence', coalesce("state" #> '{found,evidence}', '[]'::jsonb)),
    to_timestamp(("state" ->> 'since')::numeric / 1000)
  FROM "policy"."violation_before" b;--> statement-breakpoint
DROP TABLE "policy"."violation_before";--> statement-breakpoint
-- What was armed stays armed, for the one rule that there was, and nothing else is.
ALTER TABLE "policy"."rule_mode" RENAME TO "rule_mode_before";--> statement-breakpoint
CREATE TABLE "policy"."rule_mode" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"rule" text NOT NULL,
	"clause" text NOT NULL,
	"mode" text NOT NULL,
	"epoch" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
INSERT INTO "policy"."rule_mode" ("id", "version", "rule", "clause", "mode", "epoch", "since", "by")
  SELECT 'power/' || lower("clause"), 0, 'power', "clause", "mode", "epoch", "since", "by" FROM "policy"."rule_mode_before";--> statement-breakpoint
DROP TABLE "policy"."rule_mode_before";
