using System.CommandLine;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.App.Training;
using Ecart.Learning;

namespace Ecart.App.Commands;

/// <summary><c>ecart train verdicts</c>.</summary>
internal static class TrainVerdictsCommand
{
    public const string Name = "verdicts";

    public static Command Make()
    {
        Argument<string> domain = ServedDomains.MakeArgument();
        var days = new Option<int>("--days") { Description = "How many days before the newest event to learn from.", DefaultValueFactory = _ => 120 };
        Option<string> reason = ModelsCommand.ReasonOption();
        var command = new Command(
            Name,
            "Train boosted trees on confirmed fraud and ordinary events, each seen with what was known when it happened. They run in shadow as the challenger: "
            + "'ecart models compare' shows how they do, 'ecart models promote' lets them rank.") { domain, days, reason };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            ServedDomains.Of(parsed, domain), parsed.GetValue(days), parsed.GetRequiredValue(reason), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IServedDomain domain, int days, string reason, CancellationToken cancellationToken)
    {
        if (days < 1) throw new CommandException($"--days is {days}; it must be at least 1.", ExitCode.Usage);
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: domain).ConfigureAwait(false);
        var read = new EntryCount();
        try
        {
            TrainedChallenger trained = await LiveProgress.RunAsync(
                "Learning from verdicts",
                () => double.NaN,
                () => $"{read.Value:N0} events read",
                () => new VerdictTraining(store).RunAsync(days, reason, read, cancellationToken)).ConfigureAwait(false);
            Output.Result(
                $"Model {trained.Version} learned from {trained.Frauds:N0} confirmed frauds and {trained.Ordinary:N0} ordinary events and runs in shadow. "
                + $"'ecart models compare {domain.Name}' shows how it does.");
            return ExitCode.Done;
        }
        catch (TooFewVerdictsException error)
        {
            throw new CommandException(error.Message);
        }
    }
}
