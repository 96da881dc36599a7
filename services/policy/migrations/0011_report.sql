CREATE TABLE "policy"."advice" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"given" timestamp (3) with time zone,
	"answer" text,
	"answered" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "policy"."report" (
	"id" text PRIMARY KEY NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"to" timestamp (3) with time zone NOT NULL,
	"how" text NOT NULL,
	"made" timestamp (3) with time zone NOT NULL,
	"digest" text NOT NULL,
	"data" jsonb NOT NULL,
	"seqs" jsonb NOT NULL,
	"forwarded_by" text,
	"forwarded_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "policy"."report_delivery" (
	"report" text NOT NULL,
	"to" text NOT NULL,
	"state" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"because" text,
	"code" integer,
	"delivered_at" timestamp (3) with time zone,
	CONSTRAINT "report_delivery_report_to_pk" PRIMARY KEY("report","to")
);
--> statement-breakpoint
CREATE TABLE "policy"."report_entry" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"epoch" text NOT NULL,
	"position" bigint NOT NULL,
	"time" timestamp (3) with time zone NOT NULL,
	"type" text NOT NULL,
	"subject" text NOT NULL,
	"is_state" boolean NOT NULL,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "report_entry_subject" ON "policy"."report_entry" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "report_entry_read" ON "policy"."report_entry" USING btree ("time") WHERE type = 'source.read';--> statement-breakpoint
CREATE INDEX "report_entry_source" ON "policy"."report_entry" USING btree ("source","seq");