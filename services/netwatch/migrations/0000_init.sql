CREATE SCHEMA "netwatch";
--> statement-breakpoint
CREATE TABLE "netwatch"."alive" (
	"key" text PRIMARY KEY NOT NULL,
	"at_ms" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "netwatch"."consume_cursor" (
	"reader" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"fold" integer DEFAULT 1 NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "netwatch"."dead_letter" (
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
CREATE TABLE "netwatch"."event_log" (
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
CREATE TABLE "netwatch"."idempotency_key" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_key_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "netwatch"."incident" (
	"id" text PRIMARY KEY NOT NULL,
	"open" boolean NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "netwatch"."log_head" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL,
	"horizon" bigint DEFAULT 0 NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "netwatch"."memory" (
	"thing" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "netwatch"."outside" (
	"id" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "netwatch"."own" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "netwatch"."port" (
	"switch" text NOT NULL,
	"id" text NOT NULL,
	"by" text NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "port_switch_id_pk" PRIMARY KEY("switch","id")
);
--> statement-breakpoint
CREATE TABLE "netwatch"."publish_cursor" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "netwatch"."span" (
	"thing" text NOT NULL,
	"state" text NOT NULL,
	"from_ms" double precision NOT NULL,
	"until_ms" double precision
);
--> statement-breakpoint
CREATE TABLE "netwatch"."task" (
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
CREATE TABLE "netwatch"."thing" (
	"id" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "dead_letter_subject" ON "netwatch"."dead_letter" USING btree ("reader","subject","position");--> statement-breakpoint
CREATE INDEX "event_log_type" ON "netwatch"."event_log" USING btree ("type","position");--> statement-breakpoint
CREATE INDEX "event_log_correlation" ON "netwatch"."event_log" USING btree ("correlation_id","position");--> statement-breakpoint
CREATE INDEX "idempotency_key_created_at" ON "netwatch"."idempotency_key" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "incident_since" ON "netwatch"."incident" USING btree ("since");--> statement-breakpoint
CREATE INDEX "span_thing_from" ON "netwatch"."span" USING btree ("thing","from_ms");--> statement-breakpoint
CREATE INDEX "task_run_at" ON "netwatch"."task" USING btree ("run_at");