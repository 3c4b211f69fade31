using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.App.Training;
using Ecart.Detection.Batch;
using Ecart.Domains.Transactions;
using Ecart.Embedding;
using Ecart.MariaDb.Models;
using Ecart.Onnx;
using Ecart.Scoring;

namespace Ecart.App.Commands;

/// <summary><c>ecart models</c>.</summary>
internal static class ModelsCommand
{
    private const string Domain = TransactionEvent.DomainName;

    public static Command Make() => new("models", "Trained models: which there are, which is in force, and going back.")
    {
        List(), Use(), ChallengerCommands.MakeCompare(), ChallengerCommands.MakePromote(), RollBack(), None(), Import(),
    };

    /// <summary>The domain, as far as there is more than one.</summary>
    public static Argument<string> DomainArgument()
    {
        var domain = new Argument<string>("DOMAIN") { Description = $"The domain: {Domain}." };
        domain.AcceptOnlyFromAmong(Domain);
        return domain;
    }

    public static Option<string> ReasonOption() => new("--reason") { Required = true, Description = "Why, for those who read the audit log later." };

    private static Command List()
    {
        var list = new Command("list", "List the models of transactions, the newest first, with what each learned from and where it is in force.");
        list.SetAction((_, cancellationToken) => ListAsync(cancellationToken));
        return list;
    }

    private static Command Use()
    {
        var version = new Argument<int>("VERSION") { Description = "Number of a model, as 'list' shows it." };
        Option<string> reason = ReasonOption();
        Option<string?> slot = SlotOption("Where to put it in force, such as verdict:challenger. Default: what it was made for.");
        var use = new Command(
            "use",
            "Put a model in force. Profiles of a new embedding are made from the log first, while events go on being scored by the old one; a running "
            + "service goes over within seconds.") { version, slot, reason };
        use.SetAction((parsed, cancellationToken) =>
            UseAsync(parsed.GetRequiredValue(version), parsed.GetValue(slot), parsed.GetRequiredValue(reason), cancellationToken));
        return use;
    }

    private static Command RollBack()
    {
        Argument<string> domain = DomainArgument();
        Option<string> reason = ReasonOption();
        Option<string?> slot = SlotOption("Which slot to go back in. Default: the one that changed last.");
        var rollBack = new Command("rollback", "Go back to the model that was in force before, or to none if there was none.") { domain, slot, reason };
        rollBack.SetAction((parsed, cancellationToken) => RollBackAsync(parsed.GetValue(slot), parsed.GetRequiredValue(reason), cancellationToken));
        return rollBack;
    }

    private static Command None()
    {
        var slot = new Argument<string>("SLOT") { Description = "The slot, as 'list' shows it: embedding, verdict, detector:KIND." };
        Option<string> reason = ReasonOption();
        var none = new Command("none", "Take the model of a slot out of force: events are scored as if nothing had been trained for it.") { slot, reason };
        none.SetAction((parsed, cancellationToken) => NoneAsync(parsed.GetRequiredValue(slot), parsed.GetRequiredValue(reason), cancellationToken));
        return none;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An ONNX model: one input of 128 floats, the layout's vector; one output of at most as many." };
        file.AcceptExistingOnly();
        Option<string> reason = ReasonOption();
        var import = new Command("import", "Store an ONNX model as the next version, to make the embeddings of transactions. 'use' puts it in force.") { file, reason };
        import.SetAction((parsed, cancellationToken) => ImportAsync(parsed.GetRequiredValue(file), parsed.GetRequiredValue(reason), cancellationToken));
        return import;
    }

    private static Option<string?> SlotOption(string description) => new("--slot") { Description = description };

    private static async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        IReadOnlyList<ModelSummary> models = await new ModelStore(store.ConnectionString).ListAsync(Domain, cancellationToken).ConfigureAwait(false);
        if (models.Count == 0) Output.Result($"No model was trained yet. 'ecart train {Domain} --reason ...' trains one.");
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

    private static async Task<int> UseAsync(int version, string? slot, string reason, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        StoredModel model = await new ModelStore(store.ConnectionString).FindAsync(Domain, version, cancellationToken).ConfigureAwait(false)
            ?? throw new CommandException($"There is no model {version}. 'ecart models list' shows those that there are.", ExitCode.Usage);
        return await ChangeAsync(store, slot ?? model.Description.Slot, version, reason, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> RollBackAsync(string? slot, string reason, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        var models = new ModelStore(store.ConnectionString);
        IReadOnlyList<ModelActivation> history = await models.ReadHistoryAsync(Domain, cancellationToken).ConfigureAwait(false);
        if (history.Count == 0) throw new CommandException("No model was ever in force: there is nothing to go back from.", ExitCode.Usage);
        slot ??= history[0].Slot;
        int version = await models.FindPreviousAsync(Domain, slot, cancellationToken).ConfigureAwait(false);
        return await ChangeAsync(store, slot, version, reason, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> NoneAsync(string slot, string reason, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        IReadOnlyList<ModelActivation> inForce = await new ModelStore(store.ConnectionString).ReadInForceAsync(Domain, cancellationToken).ConfigureAwait(false);
        if (!inForce.Any(activation => activation.Slot == slot))
            throw new CommandException($"No model is in force as '{slot}'. 'ecart models list' shows what is.", ExitCode.Usage);
        return await ChangeAsync(store, slot, 0, reason, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> ImportAsync(FileInfo file, string reason, CancellationToken cancellationToken)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
        string metrics;
        try
        {
            using var model = OnnxEmbedding.Read(bytes);
            // What an engine would refuse is refused here.
            _ = new TransactionEngine(
                TransactionOptions.Default, 1, new DomainModels { Embedding = new LearnedEmbedding(ModelStore.FirstVersion, model) });
            metrics = string.Create(CultureInfo.InvariantCulture, $$"""{"components": {{model.Dimension}}, "file": {{JsonSerializer.Serialize(file.Name)}}}""");
        }
        catch (Exception error) when (error is ArtefactException or OptionsException)
        {
            throw new CommandException($"{file.Name}: {error.Message}", ExitCode.Usage);
        }

        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        int version = await new ModelStore(store.ConnectionString).AddAsync(
            new ModelDescription(
                Domain, ModelSlot.Embedding, OnnxEmbedding.KindName, TransactionLayout.Version, 1, null, null, 0, metrics, reason, Environment.UserName),
            bytes,
            cancellationToken).ConfigureAwait(false);
        Output.Result($"Model {version}: {OnnxEmbedding.KindName}, {file.Name}. 'ecart models use {version} --reason ...' puts it in force.");
        return ExitCode.Done;
    }

    private static async Task<int> ChangeAsync(OpenStore store, string slot, int version, string reason, CancellationToken cancellationToken)
    {
        await new ModelChangeover(store).RunAsync(slot, version, reason, cancellationToken).ConfigureAwait(false);
        Output.Result(
            $"{(version == 0 ? "No model" : $"Model {version}")} is in force as {slot}. 'ecart models rollback {Domain} --slot {slot} --reason ...' goes back.");
        return ExitCode.Done;
    }
}
