using System.CommandLine;
using Ecart.App.Alerts;
using Ecart.App.Serve.Api.Alerts;
using Ecart.App.Serve.Http;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Alerts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Ecart.App.Commands;

/// <summary>The work on alerts on the command line: what the console does, by the same rules, on the store itself.</summary>
internal static class AlertWorkCommands
{
    private static readonly string[] Decisions = ["new", "investigating", "confirmed_fraud", "false_positive", "resolved"];

    /// <summary>The commands.</summary>
    public static IEnumerable<Command> Make() => [MakeList(), MakeShow(), MakeTake(), MakeAssign(), MakeComment(), MakeDecide()];

    private static Command MakeList()
    {
        (string Name, Option<string?> Option)[] filters =
        [
            ("status", MakeFilter("--status", "Statuses with commas between them: new, investigating, confirmed_fraud, false_positive, resolved; open or all. Default: open.")),
            ("severity", MakeFilter("--severity", "Severities with commas between them: low, medium, high, critical.")),
            ("domain", MakeFilter("--domain", "Of this domain.")),
            ("entity_type", MakeFilter("--entity-type", "Of entities of this type.")),
            ("entity_id", MakeFilter("--entity", "Of this account, user, device, address or merchant.")),
            ("from", MakeFilter("--from", "Of events from this time on, UTC.")),
            ("until", MakeFilter("--until", "Of events before this time, UTC.")),
            ("text", MakeFilter("--text", "With this text in uid, entity, notes or explanation.")),
            ("assigned_to", MakeFilter("--assigned-to", "The work of this person; me, or none.")),
            ("sort", MakeFilter("--sort", "newest, score, severity or updated. Default: newest.")),
            ("limit", MakeFilter("--most", "Most alerts, 1 to 200. Default: 50.")),
        ];
        Option<OutputForm> form = MakeForm();
        var command = new Command("list", "List alerts of every domain.") { form };
        foreach ((_, Option<string?> option) in filters) command.Add(option);
        command.SetAction((parsed, cancellationToken) =>
        {
            var query = new Dictionary<string, StringValues> { ["status"] = AlertListReader.Open };
            foreach ((string name, Option<string?> option) in filters)
                if (parsed.GetValue(option) is { } value) query[name] = value;
            (AlertListRequest? request, ProblemAnswer? problem) = AlertListReader.Read(new QueryCollection(query), AccessArguments.Actor, isStrict: true);
            if (request is null) throw new CommandException(problem!.Detail, ExitCode.Usage);
            return WithStoreAsync(
                async connectionString =>
                {
                    (IReadOnlyList<Alert> alerts, AlertPosition? next) = await new AlertBoard(connectionString).ListAsync(
                        request.Filter, request.Sort, null, request.Limit, cancellationToken).ConfigureAwait(false);
                    AlertListing.Show(alerts, parsed.GetValue(form));
                    if (next is not null) Output.Note($"There are more than {request.Limit:N0}: --most shows up to 200, the filters fewer.");
                    return ExitCode.Done;
                },
                cancellationToken);
        });
        return command;
    }

    private static Command MakeShow()
    {
        var id = new Argument<long>("ID") { Description = "Number of the alert, as 'list' shows it." };
        Option<OutputForm> form = MakeForm();
        var command = new Command("show", "Show everything about one alert: evidence, event, nearest normal events, related alerts, history.") { id, form };
        command.SetAction((parsed, cancellationToken) => WithStoreAsync(
            async connectionString =>
            {
                AlertDossier dossier = await new AlertDossiers(connectionString).ReadAsync(parsed.GetValue(id), cancellationToken).ConfigureAwait(false)
                    ?? throw new CommandException($"There is no alert {parsed.GetValue(id)}: 'ecart alerts list' shows those that there are.", ExitCode.Usage);
                AlertListing.Show(dossier, parsed.GetValue(form));
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Command MakeTake() => MakeAction(
        "take", "Make alerts your own work; new ones are being investigated then.", [], _ => new AlertActionRequest { Action = AlertActionKind.Take });

    private static Command MakeAssign()
    {
        var to = new Option<string?>("--to") { HelpName = "NAME", Description = "A user with the role analyst or admin. Left out: nobody." };
        return MakeAction(
            "assign", "Make alerts somebody's work, or nobody's.", [to], parsed => new AlertActionRequest { Action = AlertActionKind.Assign, AssignedTo = parsed.GetValue(to) });
    }

    private static Command MakeComment() => MakeAction(
        "comment", "Say something about alerts: give --note.", [], _ => new AlertActionRequest { Action = AlertActionKind.Comment });

    private static Command MakeDecide()
    {
        var status = new Option<string>("--as") { HelpName = string.Join('|', Decisions), Description = "The new status.", Required = true };
        status.AcceptOnlyFromAmong(Decisions);
        return MakeAction(
            "decide",
            "Set the status of alerts. confirmed_fraud and false_positive are labels too: a service of the alert's domain learns from them within seconds, or when it "
            + "starts next.",
            [status],
            parsed => new AlertActionRequest { Action = AlertActionKind.SetStatus, Status = Enum.GetValues<AlertStatus>()[Array.IndexOf(Decisions, parsed.GetRequiredValue(status))] });
    }

    private static Command MakeAction(string name, string description, Option[] options, Func<ParseResult, AlertActionRequest> make)
    {
        var ids = new Argument<long[]>("ID") { Arity = ArgumentArity.OneOrMore, Description = "Numbers of alerts, as 'list' shows them." };
        var note = new Option<string?>("--note") { Description = "What there is to say." };
        Option<OutputForm> form = MakeForm();
        var command = new Command(name, description + " Exit code 1: some were left as they are.") { ids, note, form };
        foreach (Option option in options) command.Add(option);
        command.SetAction((parsed, cancellationToken) => WithStoreAsync(
            async connectionString =>
            {
                AlertActionRequest request = make(parsed) with { Ids = parsed.GetRequiredValue(ids), Note = parsed.GetValue(note) };
                (IReadOnlyList<AlertActionResult> results, IReadOnlySet<long> waiting, ProblemAnswer? problem) =
                    await new AlertActions(connectionString, null).DoAsync(request, AccessArguments.Actor, cancellationToken).ConfigureAwait(false);
                if (problem is not null) throw new CommandException(problem.Detail, ExitCode.Usage);
                AlertListing.Show(results.Select(result => AlertActionAnswer.Of(result, request, waiting)), parsed.GetValue(form));
                return results.All(result => result.Outcome is AlertActionOutcome.Done or AlertActionOutcome.Unchanged) ? ExitCode.Done : ExitCode.Failed;
            },
            cancellationToken));
        return command;
    }

    private static Option<string?> MakeFilter(string name, string description) => new(name) { Description = description };

    private static Option<OutputForm> MakeForm() => new("--output") { HelpName = "table|json|csv", Description = "How to show it. Default: table." };

    private static async Task<int> WithStoreAsync(Func<string, Task<int>> work, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        return await work(store.ConnectionString).ConfigureAwait(false);
    }
}
