using System.CommandLine;
using Ecart.Alerting.Messages;
using Ecart.Alerting.Targets;
using Ecart.App.Alerts;
using Ecart.App.Serve;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Delivery;

namespace Ecart.App.Commands;

/// <summary><c>ecart alerts</c>.</summary>
internal static class AlertsCommand
{
    private static readonly string[] States = ["pending", "delivered", "failed", "expired"];

    public static Command Make()
    {
        var command = new Command("alerts", "The work on alerts: list, show, take, assign, comment, decide. How they reach people: deliveries, retry, test-fire.");
        foreach (Command work in AlertWorkCommands.Make()) command.Add(work);
        command.Add(MakeDeliveries());
        command.Add(MakeRetry());
        command.Add(MakeTestFire());
        return command;
    }

    private static Command MakeDeliveries()
    {
        Option<string?> route = MakeRoute();
        Option<string?> state = MakeState(States);
        Option<TimeSpan?> since = MakeSince();
        var most = new Option<int>("--most") { Description = "Most messages.", DefaultValueFactory = _ => 100 };
        var form = new Option<OutputForm>("--output") { HelpName = "table|json|csv", Description = "How to show them. Default: table." };
        var command = new Command("deliveries", "List the messages about alerts, the newest first.") { route, state, since, most, form };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken).ConfigureAwait(false);
            var filter = new DeliveryFilter
            {
                Route = parsed.GetValue(route),
                State = parsed.GetValue(state),
                Since = From(parsed.GetValue(since)),
                Most = parsed.GetValue(most) + 1,
            };
            IReadOnlyList<DeliveryRow> rows = await new DeliveryLog(store.ConnectionString).ReadAsync(filter, cancellationToken).ConfigureAwait(false);
            DeliveryListing.Show([.. rows.Take(filter.Most - 1)], parsed.GetValue(form));
            if (rows.Count >= filter.Most) Output.Note($"There are more than {filter.Most - 1:N0}: --most shows more.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command MakeRetry()
    {
        var ids = new Argument<long[]>("ID") { Arity = ArgumentArity.ZeroOrMore, Description = "Numbers of messages, as 'deliveries' shows them." };
        var all = new Option<bool>("--all") { Description = "All that the filters leave." };
        Option<string?> route = MakeRoute();
        Option<string?> state = MakeState(["failed", "expired"]);
        Option<TimeSpan?> since = MakeSince();
        var command = new Command(
            "retry",
            "Have messages sent again that failed or expired, by the service that runs. What opens an alert that is closed by now is left.") { ids, all, route, state, since };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(ids) is { Length: > 0 })) result.AddError("Name the messages to send again, or say --all.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken).ConfigureAwait(false);
            int pending = await new DeliveryLog(store.ConnectionString).RetryAsync(
                new DeliveryFilter
                {
                    Ids = parsed.GetValue(all) ? null : parsed.GetValue(ids),
                    Route = parsed.GetValue(route),
                    State = parsed.GetValue(state),
                    Since = From(parsed.GetValue(since)),
                },
                cancellationToken).ConfigureAwait(false);
            Output.Result($"{pending:N0} {(pending == 1 ? "message is" : "messages are")} pending again.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command MakeTestFire()
    {
        var name = new Argument<string>("ROUTE") { Description = "Name of a route of the settings." };
        Option<FileInfo?> file = ServeCommand.MakeConfigurationOption();
        var command = new Command("test-fire", "Send a message that is marked as a test, once, and print the answer. Exit code 1: it was not taken.") { name, file };
        command.SetAction((parsed, cancellationToken) => TestFireAsync(parsed.GetRequiredValue(name), parsed.GetValue(file)?.FullName, cancellationToken));
        return command;
    }

    private static async Task<int> TestFireAsync(string name, string? file, CancellationToken cancellationToken)
    {
        AlertOptions options = ServeConfiguration.Read(file).Alerts;
        int place = options.Routes.FindIndex(route => route.Name == name);
        if (place < 0)
        {
            string known = options.Routes.Count == 0 ? "there are none" : $"there are {string.Join(", ", options.Routes.Select(route => route.Name))}";
            throw new CommandException($"The settings have no route '{name}': {known}.", ExitCode.Usage);
        }

        await using IAlertTarget target = options.Routes[place].Make($"alerts.routes[{place}]", options.Dashboard).OpenTarget();
        DeliveryOutcome outcome = await target.SendAsync(AlertMessage.Test(name, TimeProvider.System.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        Output.Result($"{outcome.Result.ToString().ToLowerInvariant()}: {outcome.Answer}");
        if (outcome.RetryAfter is { } wait) Output.Note($"The target asks to be left alone for {wait.TotalSeconds:0} s.");
        return outcome.Result == DeliveryResult.Delivered ? ExitCode.Done : ExitCode.Failed;
    }

    private static Option<string?> MakeRoute() => new("--route") { Description = "Messages of this route." };

    private static Option<string?> MakeState(string[] states)
    {
        var state = new Option<string?>("--state") { HelpName = string.Join('|', states), Description = "Messages in this state." };
        state.AcceptOnlyFromAmong(states);
        return state;
    }

    private static Option<TimeSpan?> MakeSince() => new("--since")
    {
        HelpName = "7d",
        Description = "Made within this time.",
        CustomParser = result => DurationText.Parse(result),
    };

    private static DateTime? From(TimeSpan? since) => since is { } duration ? TimeProvider.System.GetUtcNow().UtcDateTime - duration : null;
}
