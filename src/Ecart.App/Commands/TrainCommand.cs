using System.CommandLine;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.App.Training;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.App.Commands;

/// <summary><c>ecart train</c>.</summary>
internal static class TrainCommand
{
    private const int MostConfirmed = 10_000;

    public static Command Make()
    {
        Argument<string> domain = ServedDomains.MakeArgument();
        var models = new Option<string[]>("--model")
        {
            Description = $"What to train, once or more: {string.Join(", ", ModelTraining.Kinds)}. Default: {EmbeddingTraining.Whitening} and the detectors that "
                + "the configuration names.",
            AllowMultipleArgumentsPerToken = true,
        };
        models.AcceptOnlyFromAmong([.. ModelTraining.Kinds]);
        models.Validators.Add(result =>
        {
            // The name of a subcommand passes the check before.
            if (result.Tokens.Any(token => token.Value == TrainVerdictsCommand.Name))
                result.AddError($"--model '{TrainVerdictsCommand.Name}' is no kind of model: 'ecart train {TrainVerdictsCommand.Name} DOMAIN' trains on verdicts.");
        });
        var days = new Option<int>("--days") { Description = "How many days before the newest event to learn from.", DefaultValueFactory = _ => 90 };
        var events = new Option<int>("--events") { Description = "How many events at most; more are thinned evenly.", DefaultValueFactory = _ => 50_000 };
        var use = new Option<bool>("--use") { Description = "Put the models in force at once, as 'ecart models use' does." };
        Option<string> reason = ModelsCommand.ReasonOption();
        var command = new Command(
            "train",
            "Train models on the domain's stored normal history: events that were not flagged or that a person said were false positives, never confirmed fraud. "
            + "Each model is stored as the next version; 'ecart models use' puts it in force.") { domain, models, days, events, use, reason, TrainVerdictsCommand.Make() };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            ServedDomains.Of(parsed, domain),
            parsed.GetValue(models) ?? [],
            parsed.GetValue(days),
            parsed.GetValue(events),
            parsed.GetValue(use),
            parsed.GetRequiredValue(reason),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        IServedDomain domain, string[] kinds, int days, int most, bool use, string reason, CancellationToken cancellationToken)
    {
        RequireAtLeast("--days", days, 1);
        RequireAtLeast("--events", most, ModelTraining.LeastEvents);
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false, domain).ConfigureAwait(false);
        IModelledEngine engine = store.MakeEngine(DomainModels.None);
        if (kinds.Length == 0) kinds = [EmbeddingTraining.Whitening, .. store.Settings.Detectors.Select(detector => detector.Kind)];
        var history = new NormalHistory(store.ConnectionString, domain.MakeTable());
        NormalEvents normal = await LiveProgress.RunAsync(
            "Reading normal events", () => double.NaN, () => "", () => history.ReadLayoutAsync(
            engine.LayoutVersion, TimeSpan.FromDays(days), most, null, cancellationToken)).ConfigureAwait(false);
        Matrix fraud = await history.ReadConfirmedAsync(engine.LayoutVersion, TimeSpan.FromDays(days), MostConfirmed, cancellationToken).ConfigureAwait(false);
        foreach (string kind in kinds.Distinct())
        {
            TrainedModel model = await LiveProgress.RunAsync(
                $"Training {kind}",
                () => double.NaN,
                () => $"{normal.Rows.Rows:N0} events",
                () => Task.Run(() => ModelTraining.Train(kind, normal, fraud, cancellationToken), cancellationToken)).ConfigureAwait(false);
            int version = await KeepAsync(store, model, normal, reason, cancellationToken).ConfigureAwait(false);
            Output.Result($"Model {version}: {model.Kind}, trained on {model.Rows:N0} of {normal.Available:N0} normal events. {model.Metrics}");
            if (use) await new ModelChangeover(store).RunAsync(model.Slot, version, reason, cancellationToken).ConfigureAwait(false);
            Output.Result(use
                ? $"Model {version} is in force as {model.Slot}. 'ecart models rollback {domain.Name} --slot {model.Slot} --reason ...' goes back."
                : $"'ecart models use {version} {domain.Name} --reason ...' puts it in force.");
        }

        return ExitCode.Done;
    }

    private static Task<int> KeepAsync(OpenStore store, TrainedModel model, NormalEvents normal, string reason, CancellationToken cancellationToken) =>
        new ModelStore(store.ConnectionString).AddAsync(
            new ModelDescription(
                store.Domain.Name, model.Slot, model.Kind, normal.EmbeddingVersion, model.Format, normal.From, normal.Until, model.Rows, model.Metrics, reason,
                Environment.UserName),
            model.Artefact,
            cancellationToken);

    private static void RequireAtLeast(string option, int value, int least)
    {
        if (value < least) throw new CommandException($"{option} is {value}; it must be at least {least}.", ExitCode.Usage);
    }
}
