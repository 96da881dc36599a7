CREATE SCHEMA "workshop";
--> statement-breakpoint
CREATE TABLE "workshop"."consume_cursor" (
	"reader" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"fold" integer DEFAULT 1 NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workshop"."dead_letter" (
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
CREATE TABLE "workshop"."event_log" (
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
CREATE TABLE "workshop"."idempotency_key" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_key_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "workshop"."log_head" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL,
	"horizon" bigint DEFAULT 0 NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workshop"."machine" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"outages" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workshop"."publish_cursor" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workshop"."task" (
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
CREATE INDEX "dead_letter_subject" ON "workshop"."dead_letter" USING btree ("reader","subject","position");--> statement-breakpoint
CREATE INDEX "event_log_type" ON "workshop"."event_log" USING btree ("type","position");--> statement-breakpoint
CREATE INDEX "event_log_correlation" ON "workshop"."event_log" USING btree ("correlation_id","position");--> statement-breakpoint
CREATE INDEX "idempotency_key_created_at" ON "workshop"."idempotency_key" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "task_run_at" ON "workshop"."task" USING btree ("run_at");