CREATE SCHEMA "inventory";
--> statement-breakpoint
CREATE TABLE "inventory"."cable" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"fields" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inventory"."consume_cursor" (
	"reader" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"fold" integer DEFAULT 1 NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inventory"."dead_letter" (
	"reader" text NOT NULL,
	"id" uuid NOT NULL,
	"source" text NOT NULL,
	"position" bigint NOT NULL,
	"subject" text NOT NULL,
	"type" text NOT NULL,
	"event" jsonb,
	"entity" jsonb,
	"error" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"parked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dead_letter_reader_id_pk" PRIMARY KEY("reader","id")
);
--> statement-breakpoint
CREATE TABLE "inventory"."design_decision" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"fields" jsonb NOT NULL,
	"read" jsonb,
	"unknown" jsonb
);
--> statement-breakpoint
CREATE TABLE "inventory"."event_log" (
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
CREATE TABLE "inventory"."idempotency_key" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_key_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "inventory"."item" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"fields" jsonb NOT NULL,
	"links" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inventory"."log_head" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL,
	"horizon" bigint DEFAULT 0 NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inventory"."outside" (
	"id" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inventory"."page_look" (
	"decision" text PRIMARY KEY NOT NULL,
	"looked_at" timestamp (3) with time zone NOT NULL,
	"unknown_since" timestamp (3) with time zone,
	"why" text,
	"revision" integer,
	"revised_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "inventory"."policy_revision" (
	"revision" text PRIMARY KEY NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inventory"."policy_text" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"read" jsonb,
	"gone" jsonb,
	"unknown" jsonb
);
--> statement-breakpoint
CREATE TABLE "inventory"."proposal" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"item" text
);
--> statement-breakpoint
CREATE TABLE "inventory"."publish_cursor" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inventory"."steward" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"item" text NOT NULL,
	"person" text NOT NULL,
	"role" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inventory"."task" (
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
CREATE TABLE "inventory"."wiki" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"why" text
);
--> statement-breakpoint
CREATE INDEX "dead_letter_subject" ON "inventory"."dead_letter" USING btree ("reader","subject","position");--> statement-breakpoint
CREATE INDEX "event_log_type" ON "inventory"."event_log" USING btree ("type","position");--> statement-breakpoint
CREATE INDEX "event_log_correlation" ON "inventory"."event_log" USING btree ("correlation_id","position");--> statement-breakpoint
CREATE INDEX "idempotency_key_created_at" ON "inventory"."idempotency_key" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "steward_once_an_item" ON "inventory"."steward" USING btree ("item","person");--> statement-breakpoint
CREATE INDEX "task_run_at" ON "inventory"."task" USING btree ("run_at");