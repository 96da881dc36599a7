CREATE SCHEMA "policy";
--> statement-breakpoint
CREATE TABLE "policy"."consume_cursor" (
	"source" text PRIMARY KEY NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."dead_letter" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"position" bigint NOT NULL,
	"subject" text NOT NULL,
	"type" text NOT NULL,
	"event" jsonb NOT NULL,
	"error" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"parked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."event_log" (
	"position" bigint PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"schema_version" integer NOT NULL,
	"subject" text NOT NULL,
	"version" integer NOT NULL,
	"time" timestamp (3) with time zone NOT NULL,
	"actor" text,
	"correlation_id" uuid NOT NULL,
	"causation_id" uuid,
	"data" jsonb NOT NULL,
	CONSTRAINT "event_log_id_unique" UNIQUE("id"),
	CONSTRAINT "event_log_subject_version" UNIQUE("subject","version")
);
--> statement-breakpoint
CREATE TABLE "policy"."feed" (
	"ups" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."guest" (
	"vm" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."hold" (
	"vm" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."hypervisor" (
	"id" text PRIMARY KEY NOT NULL,
	"reachable" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."log_head" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL,
	"horizon" bigint DEFAULT 0 NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."node" (
	"key" text PRIMARY KEY NOT NULL,
	"online" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."node_standing" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL,
	"decision" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."outage" (
	"ups" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."publish_cursor" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."rule_mode" (
	"clause" text PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"epoch" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."standing" (
	"vm" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL,
	"decision" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."task" (
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"payload" jsonb,
	"run_at" timestamp (3) with time zone NOT NULL,
	"again_at" timestamp (3) with time zone,
	"attempt" integer DEFAULT 0 NOT NULL,
	"locked_by" uuid,
	"locked_until" timestamp (3) with time zone,
	"error" text,
	CONSTRAINT "task_kind_key_pk" PRIMARY KEY("kind","key")
);
--> statement-breakpoint
CREATE TABLE "policy"."violation" (
	"id" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "dead_letter_subject" ON "policy"."dead_letter" USING btree ("source","subject","position");--> statement-breakpoint
CREATE INDEX "event_log_type" ON "policy"."event_log" USING btree ("type","position");--> statement-breakpoint
CREATE INDEX "event_log_correlation" ON "policy"."event_log" USING btree ("correlation_id","position");--> statement-breakpoint
CREATE INDEX "task_run_at" ON "policy"."task" USING btree ("run_at");