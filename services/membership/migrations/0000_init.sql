CREATE SCHEMA "membership";
--> statement-breakpoint
CREATE TABLE "membership"."awaited" (
	"group" text NOT NULL,
	"person" text NOT NULL,
	"change" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"written" boolean DEFAULT false NOT NULL,
	"trouble" text,
	CONSTRAINT "awaited_group_person_pk" PRIMARY KEY("group","person")
);
--> statement-breakpoint
CREATE TABLE "membership"."consume_cursor" (
	"reader" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"fold" integer DEFAULT 1 NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."dead_letter" (
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
CREATE TABLE "membership"."directory" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	"reason" text,
	"renumbered" integer,
	"begun" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."event_log" (
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
CREATE TABLE "membership"."idempotency_key" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_key_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "membership"."log_head" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL,
	"horizon" bigint DEFAULT 0 NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."member" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "membership"."person" (
	"id" text PRIMARY KEY NOT NULL,
	"directory_id" text NOT NULL,
	"uid_hash" text NOT NULL,
	"former_uids" jsonb NOT NULL,
	"enabled" boolean NOT NULL,
	"groups" jsonb NOT NULL,
	"roles" jsonb NOT NULL,
	"took_uid_of" text,
	"since" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone,
	CONSTRAINT "person_directory_id_unique" UNIQUE("directory_id")
);
--> statement-breakpoint
CREATE TABLE "membership"."preference" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"chosen" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."publish_cursor" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."task" (
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
CREATE INDEX "dead_letter_subject" ON "membership"."dead_letter" USING btree ("reader","subject","position");--> statement-breakpoint
CREATE INDEX "event_log_type" ON "membership"."event_log" USING btree ("type","position");--> statement-breakpoint
CREATE INDEX "event_log_correlation" ON "membership"."event_log" USING btree ("correlation_id","position");--> statement-breakpoint
CREATE INDEX "idempotency_key_created_at" ON "membership"."idempotency_key" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "task_run_at" ON "membership"."task" USING btree ("run_at");