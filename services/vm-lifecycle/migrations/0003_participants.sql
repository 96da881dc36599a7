CREATE TABLE "vm_lifecycle"."act" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"vm" text NOT NULL,
	"open" boolean NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."creation" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"owner" text NOT NULL,
	"hypervisor" text NOT NULL,
	"vmid" integer NOT NULL,
	"open" boolean NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."lease" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"vm" text NOT NULL,
	"owner" text NOT NULL,
	"number" integer NOT NULL,
	"started" timestamp (3) with time zone NOT NULL,
	"ends" timestamp (3) with time zone NOT NULL,
	"renewals" integer NOT NULL,
	"over" boolean DEFAULT false NOT NULL,
	"onboot_before" boolean
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."ownership" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"vm" text NOT NULL,
	"hypervisor" text NOT NULL,
	"vmid" integer NOT NULL,
	"incarnation" text NOT NULL,
	"owner" text,
	"project" text,
	"offer" jsonb,
	"since" timestamp (3) with time zone NOT NULL,
	"ended" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."project" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"class" text NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vm_lifecycle"."promotion" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"project" text NOT NULL,
	"open" boolean NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."desired" ADD COLUMN "tier" text;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."vm" ADD COLUMN "incarnation" text;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."vm" ADD COLUMN "cores" integer;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."vm" ADD COLUMN "memory_mib" integer;--> statement-breakpoint
ALTER TABLE "vm_lifecycle"."vm" ADD COLUMN "disk_gib" integer;--> statement-breakpoint
CREATE INDEX "creation_owner" ON "vm_lifecycle"."creation" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "creation_open" ON "vm_lifecycle"."creation" USING btree ("open");--> statement-breakpoint
CREATE INDEX "ownership_owner" ON "vm_lifecycle"."ownership" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "ownership_vm" ON "vm_lifecycle"."ownership" USING btree ("vm");