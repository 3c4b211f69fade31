using System.CommandLine;
using System.Text.Json;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Client;
using Ecart.MariaDb.Access;
using AuditEntry = Ecart.Client.AuditEntry;

namespace Ecart.App.Commands;

/// <summary><c>ecart audit</c>.</summary>
internal static class AuditCommand
{
    public static Command Make()
    {
        var most = new Option<int>("--most") { Description = "Most rows.", DefaultValueFactory = _ => 100 };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--most must be at least 1.");
        });
        var form = new Option<OutputForm>("--output") { HelpName = "table|json|csv", Description = "How to show them. Default: table." };
        var server = new ServerOptions();
        var command = new Command("audit", "List who did what, the newest first: changes, sign-ins, failed sign-ins.") { most, form };
        server.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using EcartClient? client = server.Open(parsed);
            int limit = parsed.GetValue(most);
            var rows = new List<AuditEntry>();
            if (client is null) rows.AddRange(await ReadStoreAsync(limit, cancellationToken).ConfigureAwait(false));
            else await foreach (AuditEntry entry in client.ReadAuditAsync(cancellationToken).Take(limit).ConfigureAwait(false)) rows.Add(entry);
            RowListing.Show(
                rows, parsed.GetValue(form),
                ("id", row => row.Id), ("at", row => row.At.UtcDateTime), ("actor", row => row.Actor), ("action", row => row.Action), ("subject_type", row => row.SubjectType),
                ("subject_id", row => row.SubjectId), ("detail", row => row.Detail?.GetRawText()));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<IEnumerable<AuditEntry>> ReadStoreAsync(int most, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        IReadOnlyList<MariaDb.Access.AuditEntry> rows = await new AuditLog(store.ConnectionString).ReadAsync(most, cancellationToken).ConfigureAwait(false);
        return rows.Select(row => new AuditEntry(
            row.Id, new DateTimeOffset(row.OccurredAt, TimeSpan.Zero), row.Actor, row.Action, row.SubjectType, row.SubjectId,
            row.Detail is { } json ? JsonSerializer.Deserialize<JsonElement>(json) : null));
    }
}
