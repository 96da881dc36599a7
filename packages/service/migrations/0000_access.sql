CREATE SCHEMA "access";
--> statement-breakpoint
CREATE TABLE "access"."token" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"hash" text NOT NULL,
	"created" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"expires" timestamp with time zone,
	"last_used" timestamp with time zone
);
