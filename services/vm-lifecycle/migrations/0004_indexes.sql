CREATE INDEX "act_vm" ON "vm_lifecycle"."act" USING btree ("vm");--> statement-breakpoint
CREATE INDEX "act_open" ON "vm_lifecycle"."act" USING btree ("open") WHERE "vm_lifecycle"."act"."open";--> statement-breakpoint
CREATE INDEX "act_requested" ON "vm_lifecycle"."act" USING btree (("state" ->> 'requestedAt'));--> statement-breakpoint
CREATE INDEX "creation_vmid" ON "vm_lifecycle"."creation" USING btree ("hypervisor","vmid");--> statement-breakpoint
CREATE INDEX "lease_vm" ON "vm_lifecycle"."lease" USING btree ("vm");--> statement-breakpoint
CREATE INDEX "ownership_project" ON "vm_lifecycle"."ownership" USING btree ("project");--> statement-breakpoint
CREATE INDEX "promotion_project" ON "vm_lifecycle"."promotion" USING btree ("project");