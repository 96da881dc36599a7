-- Decisions and requests about guests and nodes stand in one table each, by target: vm/<id> or node/<id>. What is in
-- flight goes on as it is.
ALTER TABLE "vm_lifecycle"."desired" RENAME COLUMN "vm" TO "target";--> statement-breakpoint
UPDATE "vm_lifecycle"."desired" SET "target" = 'vm/' || "target";--> statement-breakpoint
INSERT INTO "vm_lifecycle"."desired"
	("target", "state", "generation", "mode", "valid_until", "decision", "correlation", "reached", "given_up")
	SELECT 'node/' || "id", "state", "generation", "mode", "valid_until", "decision", "correlation", "reached", "given_up"
	FROM "vm_lifecycle"."desired_node";--> statement-breakpoint
DROP TABLE "vm_lifecycle"."desired_node";--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."request" RENAME COLUMN "vm" TO "target";--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."request" ADD COLUMN "hypervisor" text;--> statement-breakpoint
-- A request about a VM that is not listed any more has nobody to follow it.
UPDATE "vm_lifecycle"."request" r SET "target" = 'vm/' || r."target",
	"hypervisor" = coalesce((SELECT v."hypervisor" FROM "vm_lifecycle"."vm" v WHERE v."id" = r."target"), '');--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."request" ALTER COLUMN "hypervisor" SET NOT NULL;--> statement-breakpoint
INSERT INTO "vm_lifecycle"."request"
	("target", "hypervisor", "node", "act", "generation", "decision", "correlation", "attempt", "tries", "phase", "error",
	"intended_at", "not_before", "upids")
	SELECT 'node/' || "id", "hypervisor", "node", "act", "generation", "decision", "correlation", "attempt", "attempt" - 1,
	"phase", "error", "intended_at", "not_before", '[]'::jsonb
	FROM "vm_lifecycle"."node_request";--> statement-breakpoint
DROP TABLE "vm_lifecycle"."node_request";--> statement-breakpoint
UPDATE "vm_lifecycle"."task" SET "key" = 'vm/' || "key" WHERE "kind" = 'reconcile';--> statement-breakpoint
UPDATE "vm_lifecycle"."task" SET "kind" = 'reconcile', "key" = 'node/' || "key" WHERE "kind" = 'node';--> statement-breakpoint
-- Two nodes whose ids collided shared a row: the one that was seen first keeps it and its id, the other is found anew.
ALTER TABLE "vm_lifecycle"."node" DROP CONSTRAINT "node_pkey";--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."node" ADD CONSTRAINT "node_hypervisor_node_pk" PRIMARY KEY("hypervisor","node");--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."node" ADD CONSTRAINT "node_id_unique" UNIQUE("id");--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."node" ADD COLUMN "asked" jsonb;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."node" ADD COLUMN "gave_up" integer;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."vm" ADD COLUMN "found_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."vm" ADD COLUMN "started" jsonb;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."vm" ADD COLUMN "stopped" jsonb;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."vm" ADD COLUMN "asked" jsonb;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."vm" ADD COLUMN "shutdown_ms" integer;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."vm" ADD COLUMN "gave_up" integer;--> statement-breakpoint
-- The history of each VM since it was last found, as far as the log has it.
CREATE TEMPORARY TABLE "of_vm" ON COMMIT DROP AS
	SELECT v."id", e."position", e."type", e."time", e."data", e."correlation_id",
		to_char(e."time" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "at",
		lag(e."type") OVER w AS "type_before", lag(e."data") OVER w AS "data_before", lag(e."time") OVER w AS "time_before"
	FROM "vm_lifecycle"."vm" v
	JOIN "vm_lifecycle"."event_log" e ON e."subject" = 'vm/' || v."id"
		AND e."type" IN ('vm.found', 'vm.started', 'vm.stopped', 'vm.power-requested', 'vm.power-failed')
		AND e."position" >= coalesce((SELECT max(f."position") FROM "vm_lifecycle"."event_log" f
			WHERE f."subject" = 'vm/' || v."id" AND f."type" = 'vm.found'), 0)
	WINDOW w AS (PARTITION BY v."id" ORDER BY e."position");--> statement-breakpoint
UPDATE "vm_lifecycle"."vm" v SET "found_at" = e."time" FROM "of_vm" e
	WHERE e."id" = v."id" AND e."type" = 'vm.found';--> statement-breakpoint
UPDATE "vm_lifecycle"."vm" v SET "started" = jsonb_strip_nulls(jsonb_build_object('at', e."at", 'by', e."data" -> 'cause',
		'decision', e."data" -> 'decision', 'correlationid', e."correlation_id"))
	FROM (SELECT DISTINCT ON ("id") * FROM "of_vm" WHERE "type" = 'vm.started' ORDER BY "id", "position" DESC) e
	WHERE e."id" = v."id";--> statement-breakpoint
UPDATE "vm_lifecycle"."vm" v SET "stopped" = jsonb_strip_nulls(jsonb_build_object('at', e."at", 'by', e."data" -> 'cause',
		'decision', e."data" -> 'decision', 'correlationid', e."correlation_id"))
	FROM (SELECT DISTINCT ON ("id") * FROM "of_vm" WHERE "type" = 'vm.stopped' ORDER BY "id", "position" DESC) e
	WHERE e."id" = v."id";--> statement-breakpoint
UPDATE "vm_lifecycle"."vm" v SET "asked" = jsonb_build_object('act', e."data" -> 'act', 'at', e."at",
		'generation', e."data" -> 'generation', 'decision', e."data" -> 'decision', 'correlationid', e."correlation_id")
	FROM (SELECT DISTINCT ON ("id") * FROM "of_vm" ORDER BY "id", "position" DESC) e
	WHERE e."id" = v."id" AND e."type" = 'vm.power-requested';--> statement-breakpoint
UPDATE "vm_lifecycle"."vm" v SET "gave_up" = (e."data" ->> 'generation')::integer
	FROM (SELECT DISTINCT ON ("id") * FROM "of_vm" WHERE "type" = 'vm.power-failed' AND "data" ->> 'retry' = 'false'
		ORDER BY "id", "position" DESC) e
	WHERE e."id" = v."id";--> statement-breakpoint
UPDATE "vm_lifecycle"."vm" v
	SET "shutdown_ms" = greatest(0, round(extract(epoch FROM e."time" - e."time_before") * 1000))::integer
	FROM (SELECT DISTINCT ON ("id") * FROM "of_vm" WHERE "type" = 'vm.stopped' AND "data" ->> 'cause' = 'huismeester'
		AND "type_before" = 'vm.power-requested' AND "data_before" ->> 'act' = 'shutdown' ORDER BY "id", "position" DESC) e
	WHERE e."id" = v."id";--> statement-breakpoint
-- And of each node: what the newest of its events leaves open, and what was given up.
UPDATE "vm_lifecycle"."node" n SET "asked" = jsonb_build_object('act', e."data" -> 'act',
		'at', to_char(e."time" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
		'generation', e."data" -> 'generation', 'decision', e."data" -> 'decision', 'correlationid', e."correlation_id")
	FROM (SELECT DISTINCT ON ("subject") * FROM "vm_lifecycle"."event_log" WHERE "subject" LIKE 'node/%'
		ORDER BY "subject", "position" DESC) e
	WHERE e."subject" = 'node/' || n."id" AND e."type" = 'node.power-requested';--> statement-breakpoint
UPDATE "vm_lifecycle"."node" n SET "gave_up" = (e."data" ->> 'generation')::integer
	FROM (SELECT DISTINCT ON ("subject") * FROM "vm_lifecycle"."event_log" WHERE "type" = 'node.power-failed'
		AND "data" ->> 'retry' = 'false' ORDER BY "subject", "position" DESC) e
	WHERE e."subject" = 'node/' || n."id";
