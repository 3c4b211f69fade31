using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.App.Training;
using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Embedding;
using Ecart.MariaDb.Models;
using Ecart.Onnx;
using Ecart.Scoring;

namespace Ecart.App.Commands;

/// <summary><c>ecart models</c>.</summary>
internal static class ModelsCommand
{
    public static Command Make() => new("models", "Trained models: which there are, which is in force, and going back.")
    {
        List(), Use(), ChallengerCommands.MakeCompare(), ChallengerCommands.MakePromote(), RollBack(), None(), Import(),
    };

    public static Option<string> ReasonOption() => new("--reason") { Required = true, Description = "Why, for those who read the audit log later." };

    private static Command List()
    {
        Argument<string> domain = ServedDomains.MakeArgument(isOptional: true);
        var list = new Command("list", "List the models of a domain, the newest first, with what each learned from and where it is in force.") { domain };
        list.SetAction((parsed, cancellationToken) => ListAsync(ServedDomains.Of(parsed, domain), cancellationToken));
        return list;
    }

    private static Command Use()
    {
        var version = new Argument<int>("VERSION") { Description = "Number of a model, as 'list' shows it." };
        Argument<string> domain = ServedDomains.MakeArgument(isOptional: true);
        Option<string> reason = ReasonOption();
        Option<string?> slot = SlotOption("Where to put it in force, such as verdict:challenger. Default: what it was made for.");
        var use = new Command(
            "use",
            "Put a model in force. Profiles of a new embedding are made from the log first, while events go on being scored by the old one; a running "
            + "service goes over within seconds.") { version, domain, slot, reason };
        use.SetAction((parsed, cancellationToken) =>
            UseAsync(ServedDomains.Of(parsed, domain), parsed.GetRequiredValue(version), parsed.GetValue(slot), parsed.GetRequiredValue(reason), cancellationToken));
        return use;
    }

    private static Command RollBack()
    {
        Argument<string> domain = ServedDomains.MakeArgument();
        Option<string> reason = ReasonOption();
        Option<string?> slot = SlotOption("Which slot to go back in. Default: the one that changed last.");
        var rollBack = new Command("rollback", "Go back to the model that was in force before, or to none if there was none.") { domain, slot, reason };
        rollBack.SetAction((parsed, cancellationToken) => RollBackAsync(
            ServedDomains.Of(parsed, domain), parsed.GetValue(slot), parsed.GetRequiredValue(reason), cancellationToken));
        return rollBack;
    }

    private static Command None()
    {
        var slot = new Argument<string>("SLOT") { Description = "The slot, as 'list' shows it: embedding, verdict, detector:KIND." };
        Argument<string> domain = ServedDomains.MakeArgument(isOptional: true);
        Option<string> reason = ReasonOption();
        var none = new Command("none", "Take the model of a slot out of force: events are scored as if nothing had been trained for it.") { slot, domain, reason };
        none.SetAction((parsed, cancellationToken) => NoneAsync(
            ServedDomains.Of(parsed, domain), parsed.GetRequiredValue(slot), parsed.GetRequiredValue(reason), cancellationToken));
        return none;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An ONNX model: one input of as many floats as the domain's layout has (transactions 128); one output of at most as many." };
        file.AcceptExistingOnly();
        Argument<string> domain = ServedDomains.MakeArgument(isOptional: true);
        Option<string> reason = ReasonOption();
        var import = new Command("import", "Store an ONNX model as the next version, to make the embeddings of a domain. 'use' puts it in force.") { file, domain, reason };
        import.SetAction((parsed, cancellationToken) => ImportAsync(
            ServedDomains.Of(parsed, domain), parsed.GetRequiredValue(file), parsed.GetRequiredValue(reason), cancellationToken));
        return import;
    }

    private static Option<string?> SlotOption(string description) => new("--slot") { Description = description };

    private static async Task<int> ListAsync(IServedDomain domain, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false, domain).ConfigureAwait(false);
        IReadOnlyList<ModelSummary> models = await new ModelStore(store.ConnectionString).ListAsync(domain.Name, cancellationToken).ConfigureAwait(false);
        if (models.Count == 0)
        {
            Output.Result(store.MakeEngine() is IModelledEngine
                ? $"No model was trained yet. 'ecart train {domain.Name} --reason ...' trains one."
                : $"There is no model, and nothing can be trained for {domain.Name}. {domain.InsteadOfTraining}");
        }

        foreach (ModelSummary model in models)
        {
            ModelDescription of = model.Description;
            string span = of.TrainedFrom is { } from && of.TrainedUntil is { } until ? $"{from:yyyy-MM-dd} to {until:yyyy-MM-dd}" : "no events";
            string state = model.InForceAs.Count == 0 ? "" : "  in force: " + string.Join(", ", model.InForceAs);
            Output.Result(string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Version}  {of.Kind} ({of.Slot}){state}\n     {of.TrainedRows:N0} events, {span}; {model.Bytes:N0} bytes; {model.CreatedAt:yyyy-MM-dd HH:mm} by {of.By}: {of.Reason}\n     {of.Metrics}"));
        }

        return ExitCode.Done;
    }

    private static async Task<int> UseAsync(IServedDomain domain, int version, string? slot, string reason, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false, domain).ConfigureAwait(false);
        StoredModel model = await new ModelStore(store.ConnectionString).FindAsync(domain.Name, version, cancellationToken).ConfigureAwait(false)
            ?? throw new CommandException($"There is no model {version}. 'ecart models list {domain.Name}' shows those that there are.", ExitCode.Usage);
        return await ChangeAsync(store, slot ?? model.Description.Slot, version, reason, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> RollBackAsync(IServedDomain domain, string? slot, string reason, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false, domain).ConfigureAwait(false);
        var models = new ModelStore(store.ConnectionString);
        IReadOnlyList<ModelActivation> history = await models.ReadHistoryAsync(domain.Name, cancellationToken).ConfigureAwait(false);
        if (history.Count == 0) throw new CommandException("No model was ever in force: there is nothing to go back from.", ExitCode.Usage);
        slot ??= history[0].Slot;
        int version = await models.FindPreviousAsync(domain.Name, slot, cancellationToken).ConfigureAwait(false);
        return await ChangeAsync(store, slot, version, reason, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> NoneAsync(IServedDomain domain, string slot, string reason, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false, domain).ConfigureAwait(false);
        IReadOnlyList<ModelActivation> inForce = await new ModelStore(store.ConnectionString).ReadInForceAsync(domain.Name, cancellationToken).ConfigureAwait(false);
        if (!inForce.Any(activation => activation.Slot == slot))
            throw new CommandException($"No model is in force as '{slot}'. 'ecart models list {domain.Name}' shows what is.", ExitCode.Usage);
        return await ChangeAsync(store, slot, 0, reason, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> ImportAsync(IServedDomain domain, FileInfo file, string reason, CancellationToken cancellationToken)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
        string metrics;
        try
        {
            using var model = OnnxEmbedding.Read(bytes);
            // What an engine would refuse is refused here.
            _ = domain.Read("{}").MakeEngine(1, ReferencePatterns.Empty, new DomainModels { Embedding = new LearnedEmbedding(ModelStore.FirstVersion, model) });
            metrics = string.Create(CultureInfo.InvariantCulture, $$"""{"components": {{model.Dimension}}, "file": {{JsonSerializer.Serialize(file.Name)}}}""");
        }
        catch (Exception error) when (error is ArtefactException or OptionsException)
        {
            throw new CommandException($"{file.Name}: {error.Message}", ExitCode.Usage);
        }

        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false, domain).ConfigureAwait(false);
        int version = await new ModelStore(store.ConnectionString).AddAsync(
            new ModelDescription(
                domain.Name, ModelSlot.Embedding, OnnxEmbedding.KindName, store.MakeEngine(DomainModels.None).LayoutVersion, 1, null, null, 0, metrics, reason, Environment.UserName),
            bytes,
            cancellationToken).ConfigureAwait(false);
        Output.Result($"Model {version}: {OnnxEmbedding.KindName}, {file.Name}. 'ecart models use {version} {domain.Name} --reason ...' puts it in force.");
        return ExitCode.Done;
    }

    private static async Task<int> ChangeAsync(OpenStore store, string slot, int version, string reason, CancellationToken cancellationToken)
    {
        await new ModelChangeover(store).RunAsync(slot, version, reason, cancellationToken).ConfigureAwait(false);
        Output.Result(
            $"{(version == 0 ? "No model" : $"Model {version}")} is in force as {slot}. 'ecart models rollback {store.Domain.Name} --slot {slot} --reason ...' goes back.");
        return ExitCode.Done;
    }
}
