using System.CommandLine;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Learning;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Reading;

namespace Ecart.App.Commands;

/// <summary><c>ecart models compare</c> and <c>ecart models promote</c>: a challenger takes the champion's place only when a person says so.</summary>
internal static class ChallengerCommands
{
    public static Command MakeCompare()
    {
        Argument<string> domain = ServedDomains.MakeArgument(isOptional: true);
        var compare = new Command("compare", "Compare the challenger with what ranks now, on the same events, as far as the truth about them is known.") { domain };
        compare.SetAction((parsed, cancellationToken) => CompareAsync(ServedDomains.Of(parsed, domain), cancellationToken));
        return compare;
    }

    public static Command MakePromote()
    {
        var version = new Argument<int>("VERSION") { Description = "The challenger, as 'compare' shows it." };
        Argument<string> domain = ServedDomains.MakeArgument(isOptional: true);
        var untested = new Option<bool>("--untested") { Description = "Promote it although nothing is known of how it does." };
        Option<string> reason = ModelsCommand.ReasonOption();
        var promote = new Command(
            "promote", "Let the challenger rank: rank_score is its probability from the next event on. 'ecart models rollback' goes back.") { version, domain, untested, reason };
        promote.SetAction((parsed, cancellationToken) => PromoteAsync(
            ServedDomains.Of(parsed, domain), parsed.GetRequiredValue(version), parsed.GetValue(untested), parsed.GetRequiredValue(reason), cancellationToken));
        return promote;
    }

    private static async Task<int> CompareAsync(IServedDomain domain, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: domain).ConfigureAwait(false);
        int challenger = await RequireChallengerAsync(store, cancellationToken).ConfigureAwait(false);
        try
        {
            Show(challenger, ChampionOf(store), await MeasureAsync(store, challenger, cancellationToken).ConfigureAwait(false));
        }
        catch (TooFewVerdictsException error)
        {
            throw new CommandException($"Model {challenger} cannot be compared yet. {error.Message}");
        }

        return ExitCode.Done;
    }

    private static async Task<int> PromoteAsync(IServedDomain domain, int version, bool untested, string reason, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: domain).ConfigureAwait(false);
        int challenger = await RequireChallengerAsync(store, cancellationToken).ConfigureAwait(false);
        if (challenger != version)
            throw new CommandException($"Model {version} is not the challenger, model {challenger} is: only what ran in shadow is promoted.", ExitCode.Usage);
        try
        {
            Show(challenger, ChampionOf(store), await MeasureAsync(store, challenger, cancellationToken).ConfigureAwait(false));
        }
        catch (TooFewVerdictsException error) when (!untested)
        {
            throw new CommandException($"Model {version} was not tested: {error.Message} --untested promotes it nevertheless.");
        }
        catch (TooFewVerdictsException error)
        {
            Output.Warning($"Model {version} was not tested: {error.Message}");
        }

        var models = new ModelStore(store.ConnectionString);
        await models.ActivateAsync(domain.Name, ModelSlot.Verdict, version, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
        await models.ActivateAsync(domain.Name, ModelSlot.Challenger, 0, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
        Output.Result($"Model {version} ranks from now on. 'ecart models rollback {domain.Name} --slot {ModelSlot.Verdict} --reason ...' goes back.");
        return ExitCode.Done;
    }

    private static int ChampionOf(OpenStore store) => store.Models.Verdicts.Champion?.Version ?? 0;

    private static Task<int> RequireChallengerAsync(OpenStore store, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return store.Models.Verdicts.Challenger is { } challenger
            ? Task.FromResult(challenger.Version)
            : throw new CommandException($"No challenger runs in shadow. 'ecart train verdicts {store.Domain.Name} --reason ...' trains one.", ExitCode.Usage);
    }

    private static async Task<ModelComparison> MeasureAsync(OpenStore store, int challenger, CancellationToken cancellationToken)
    {
        var events = await new ShadowVerdicts(store.ConnectionString, store.Domain.MakeTable())
            .ReadAsync(challenger, ChampionOf(store), store.Settings.LabelDelayDays, cancellationToken).ConfigureAwait(false);
        return ModelComparison.Of(events.Select(one => new JudgedEvent(one.Champion, one.Challenger, one.IsFraud)));
    }

    private static void Show(int challenger, int champion, ModelComparison compared)
    {
        Output.Result($"On the same {compared.Events:N0} events, {compared.Frauds:N0} of them fraud:");
        Output.Result("                        AUC     average precision   recall among the highest 1 %");
        Output.Result(Row(champion == 0 ? "untrained rank" : $"champion {champion}", compared.Champion));
        Output.Result(Row($"challenger {challenger}", compared.Challenger));
        Output.Result($"The challenger's average precision is higher by {compared.LeastGain:+0.000;-0.000} to {compared.MostGain:+0.000;-0.000} (nine times in ten, by redrawing the events).");
    }

    private static string Row(string name, RankFigures figures) =>
        $"  {name,-20}  {figures.RocAuc:F4}  {figures.AveragePrecision:F4}              {figures.RecallAtBudget:F4}";
}
