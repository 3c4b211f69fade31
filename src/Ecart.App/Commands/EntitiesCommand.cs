using System.CommandLine;
using System.Text.Json;
using Ecart.App.Entities;
using Ecart.App.Serve.Api;
using Ecart.App.Serve.Api.Entities;
using Ecart.App.Serve.Pages;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Entities;

namespace Ecart.App.Commands;

/// <summary><c>ecart entities</c>.</summary>
internal static class EntitiesCommand
{
    public static Command Make() => new("entities", "Accounts, users, devices, addresses, merchants: find one, show what is usual for it and why it is normal.") { List(), Show() };

    private static Command List()
    {
        var domain = new Option<string?>("--domain") { Description = "Those of this domain." };
        var type = new Option<string?>("--type") { Description = "Those of this kind: account, ip, device, user, merchant." };
        var prefix = new Option<string?>("--prefix") { Description = "Those whose ids begin so." };
        var most = new Option<int>("--most") { Description = "Most entities.", DefaultValueFactory = _ => 100 };
        Option<OutputForm> form = MakeForm();
        var command = new Command("list", "List entities with a profile or a history, by domain, kind and id.") { domain, type, prefix, most, form };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
            var filter = new EntityFilter
            {
                Domain = parsed.GetValue(domain),
                EntityType = parsed.GetValue(type),
                Prefix = parsed.GetValue(prefix),
                Most = parsed.GetValue(most) + 1,
            };
            IReadOnlyList<EntityListing> rows = await new EntityStore(store.ConnectionString).SearchAsync(filter, cancellationToken).ConfigureAwait(false);
            RowListing.Show<EntityListing>(
                [.. rows.Take(filter.Most - 1)],
                parsed.GetValue(form),
                ("domain", row => row.Domain), ("entity_type", row => row.EntityType), ("entity_id", row => row.EntityId), ("observation_count", row => row.ObservationCount),
                ("last_updated", row => row.LastUpdated));
            if (rows.Count >= filter.Most) Output.Note($"There are more than {filter.Most - 1:N0}: --most shows more.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var domain = new Argument<string>("DOMAIN") { Description = "Its domain." };
        var type = new Argument<string>("TYPE") { Description = "Its kind: account, ip, device, user, merchant." };
        var id = new Argument<string>("ID") { Description = "The entity." };
        Option<OutputForm> form = MakeForm();
        var command = new Command("show", "Show what is usual for an entity, how far its newest events were from that, its alerts and exceptions.") { domain, type, id, form };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
            var name = new EntityName(parsed.GetRequiredValue(domain), parsed.GetRequiredValue(type), parsed.GetRequiredValue(id));
            if (await new EntityDesk(store.ConnectionString).FindAsync(name, cancellationToken).ConfigureAwait(false) is not { } report)
                throw new CommandException($"Nothing is known of {name.EntityType} '{name.EntityId}' of {name.Domain}. 'ecart entities list' shows those that are known.", ExitCode.Usage);
            Tell(report, parsed.GetValue(form));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(EntityReport report, OutputForm form)
    {
        if (form == OutputForm.Json)
        {
            Output.Result(JsonSerializer.Serialize(EntityEndpoints.Form(report), ApiJson.Options));
            return;
        }

        if (form == OutputForm.Csv)
        {
            RowListing.Show(
                report.Events, form,
                ("occurred_at", one => one.OccurredAt), ("event_uid", one => one.EventUid), ("score", one => one.Score), ("distance", one => one.Distance),
                ("is_flagged", one => one.IsFlagged), ("suppressed_by", one => one.SuppressedBy), ("is_confirmed", one => one.IsConfirmed), ("measure", one => one.Measure));
            return;
        }

        foreach (EntityFact fact in report.Usual.Concat(report.Latest)) Output.Result(fact.In(Language.English));
        if (report.Alerts.Count > 0)
        {
            RowListing.Show(
                report.Alerts, form,
                ("alert_id", one => one.AlertId), ("occurred_at", one => one.OccurredAt), ("severity", one => one.Severity), ("score", one => one.Score), ("status", one => one.Status));
        }

        if (report.Exceptions.Count > 0)
            RowListing.Show(report.Exceptions, form, ("exception_id", one => one.Id), ("state", one => one.State), ("reason", one => one.Reason), ("hit_count", one => one.HitCount));
    }

    private static Option<OutputForm> MakeForm() => new("--output") { HelpName = "table|json|csv", Description = "How to show it. Default: table; csv: its newest events." };

    private static Task<OpenStore> OpenAsync(CancellationToken cancellationToken) => StoreOpener.OpenAsync("", cancellationToken, withModels: false);
}
