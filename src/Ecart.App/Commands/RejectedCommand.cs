using System.CommandLine;
using Ecart.App.Domains;
using Ecart.App.Rejected;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.MariaDb.Reading;

namespace Ecart.App.Commands;

/// <summary><c>ecart rejected</c>.</summary>
internal static class RejectedCommand
{
    public static Command Make() => new("rejected", "The records that could not become events: list, show, retry.")
    {
        MakeList(), MakeShow(), MakeRetry(),
    };

    private static Command MakeList()
    {
        var filter = new RejectedFilterOptions();
        var form = new Option<OutputForm>("--output") { HelpName = "table|json|csv", Description = "How to show them. Default: table." };
        var command = new Command("list", "List records, the oldest first.") { form };
        filter.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken).ConfigureAwait(false);
            RejectedFilter wanted = filter.Read(parsed);
            IReadOnlyList<RejectedRow> rows =
                await new RejectedEventStore(store.ConnectionString).ReadAsync(wanted with { Most = wanted.Most + 1 }, cancellationToken).ConfigureAwait(false);
            RejectedListing.Show([.. rows.Take(wanted.Most)], parsed.GetValue(form));
            if (rows.Count > wanted.Most) Output.Note($"There are more than {wanted.Most:N0}: --most shows more.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command MakeShow()
    {
        var id = new Argument<long>("ID") { Description = "Number of the record, as 'list' shows it." };
        var command = new Command("show", "Show everything about one record, with its content as it came.") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken).ConfigureAwait(false);
            IReadOnlyList<RejectedRow> rows = await ReadAsync(store, [parsed.GetValue(id)], cancellationToken).ConfigureAwait(false);
            RejectedListing.ShowOne(rows[0]);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command MakeRetry()
    {
        var ids = new Argument<long[]>("ID") { Arity = ArgumentArity.ZeroOrMore, Description = "Numbers of records, as 'list' shows them." };
        var all = new Option<bool>("--all") { Description = "All that the filters leave and that are no events yet." };
        var header = new Option<string?>("--header")
        {
            Description = "For lines of CSV: the first line of their file, which says what the columns are.",
        };
        var map = new Option<string?>("--map") { HelpName = "FIELD=COLUMN,...", Description = "Which column holds which field, as for 'ecart replay'." };
        Option<string> domain = ServedDomains.MakeOption();
        var filter = new RejectedFilterOptions();
        var command = new Command(
            "retry",
            "Read records again, for example with another mapping, and store those that are events now, each once. Takes over the lanes: run it while "
            + "no service runs. Exit code 3: some are still rejected.") { ids, all, header, map, domain };
        filter.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetResult(ids) is { Tokens.Count: > 0 })) result.AddError("Name the records to retry, or say --all.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: ServedDomains.Find(parsed.GetRequiredValue(domain))).ConfigureAwait(false);
            IReadOnlyList<RejectedRow> rows = parsed.GetValue(all)
                ? await new RejectedEventStore(store.ConnectionString).ReadAsync(filter.Read(parsed), cancellationToken).ConfigureAwait(false)
                : await ReadAsync(store, [.. parsed.GetValue(ids)!.Distinct()], cancellationToken).ConfigureAwait(false);
            return await RetryAsync(store, rows, parsed.GetValue(header), parsed.GetValue(map), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<IReadOnlyList<RejectedRow>> ReadAsync(OpenStore store, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<RejectedRow> rows = await new RejectedEventStore(store.ConnectionString)
            .ReadAsync(new RejectedFilter { Ids = ids, WithRetried = true, Most = ids.Count }, cancellationToken).ConfigureAwait(false);
        long[] absent = [.. ids.Except(rows.Select(row => row.Id))];
        return absent.Length == 0
            ? rows
            : throw new CommandException($"There is no rejected record {string.Join(", ", absent)}. 'ecart rejected list' shows them.", ExitCode.Usage);
    }

    private static async Task<int> RetryAsync(
        OpenStore store, IReadOnlyList<RejectedRow> rows, string? header, string? mapping, CancellationToken cancellationToken)
    {
        IRecordDecoder decoder = store.Settings.MakeDecoder();
        if (!FieldMap.TryParse(mapping, decoder.Schema, out FieldMap? map, out string? error)) throw new CommandException("--map: " + error, ExitCode.Usage);
        IReadOnlyList<(long Id, string Problem)> problems =
            await new RejectedRetry(store, map, decoder, header).RunAsync(rows, cancellationToken).ConfigureAwait(false);
        foreach ((long id, string problem) in problems.OrderBy(entry => entry.Id)) Output.Note($"  record {id}: {problem}");
        Output.Result($"{rows.Count - problems.Count:N0} of {rows.Count:N0} records are events now.");
        return problems.Count == 0 ? ExitCode.Done : ExitCode.Rejected;
    }
}
