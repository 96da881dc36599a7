CREATE SCHEMA "vm_lifecycle";
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."consume_cursor" (
	"source" text PRIMARY KEY NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."dead_letter" (
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
CREATE TABLE "vm_lifecycle"."desired" (
	"vm" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"generation" integer NOT NULL,
	"mode" text NOT NULL,
	"valid_until" timestamp (3) with time zone,
	"decision" text NOT NULL,
	"correlation" text NOT NULL,
	"reached" boolean DEFAULT false NOT NULL,
	"given_up" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."desired_node" (
	"id" text PRIMARY KEY NOT NULL,
	"hypervisor" text NOT NULL,
	"node" text NOT NULL,
	"state" text NOT NULL,
	"generation" integer NOT NULL,
	"mode" text NOT NULL,
	"valid_until" timestamp (3) with time zone,
	"decision" text NOT NULL,
	"correlation" text NOT NULL,
	"reached" boolean DEFAULT false NOT NULL,
	"given_up" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."event_log" (
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
CREATE TABLE "vm_lifecycle"."hypervisor" (
	"id" text PRIMARY KEY NOT NULL,
	"reachable" boolean NOT NULL,
	"quorate" boolean NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."log_head" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"epoch" uuid NOT NULL,
	"position" bigint NOT NULL,
	"horizon" bigint DEFAULT 0 NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."node" (
	"id" text PRIMARY KEY NOT NULL,
	"hypervisor" text NOT NULL,
	"node" text NOT NULL,
	"online" boolean NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."node_request" (
	"id" text PRIMARY KEY NOT NULL,
	"hypervisor" text NOT NULL,
	"node" text NOT NULL,
	"act" text NOT NULL,
	"generation" integer NOT NULL,
	"decision" text NOT NULL,
	"correlation" text NOT NULL,
	"attempt" integer NOT NULL,
	"phase" text NOT NULL,
	"error" text,
	"intended_at" timestamp (3) with time zone NOT NULL,
	"not_before" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."publish_cursor" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."request" (
	"vm" text PRIMARY KEY NOT NULL,
	"act" text NOT NULL,
	"generation" integer NOT NULL,
	"decision" text NOT NULL,
	"correlation" text NOT NULL,
	"attempt" integer NOT NULL,
	"tries" integer NOT NULL,
	"phase" text NOT NULL,
	"node" text NOT NULL,
	"upid" text,
	"error" text,
	"intended_at" timestamp (3) with time zone NOT NULL,
	"not_before" timestamp (3) with time zone,
	"upids" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."task" (
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
CREATE TABLE "vm_lifecycle"."vm" (
	"id" text PRIMARY KEY NOT NULL,
	"hypervisor" text NOT NULL,
	"vmid" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"class" text NOT NULL,
	"pool" text NOT NULL,
	"node" text NOT NULL,
	"status" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"onboot" boolean,
	"agent" boolean,
	"ha" boolean
);
--> statement-breakpoint
CREATE INDEX "dead_letter_subject" ON "vm_lifecycle"."dead_letter" USING btree ("source","subject","position");--> statement-breakpoint
CREATE INDEX "event_log_type" ON "vm_lifecycle"."event_log" USING btree ("type","position");--> statement-breakpoint
CREATE INDEX "event_log_correlation" ON "vm_lifecycle"."event_log" USING btree ("correlation_id","position");--> statement-breakpoint
CREATE INDEX "task_run_at" ON "vm_lifecycle"."task" USING btree ("run_at");--> statement-breakpoint
CREATE INDEX "vm_hypervisor" ON "vm_lifecycle"."vm" USING btree ("hypervisor");