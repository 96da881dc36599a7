CREATE TABLE "policy"."clock" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."lease" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."notice" (
	"id" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"moment" text NOT NULL,
	"state" text NOT NULL,
	"urgency" text NOT NULL,
	"says" jsonb NOT NULL,
	"queued_at" timestamp (3) with time zone NOT NULL,
	"next_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"message" text,
	"ended_at" timestamp (3) with time zone,
	"error" text,
	CONSTRAINT "notice_key" UNIQUE("person","kind","subject","moment")
);
--> statement-breakpoint
CREATE TABLE "policy"."ownership" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "notice_due" ON "policy"."notice" USING btree ("next_at");