using System.CommandLine;
using System.Globalization;
using Ecart.App.Domains;
using Ecart.App.Signatures;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Domains.Network;
using Ecart.Domains.Network.Signatures;
using Ecart.MariaDb.Signatures;
using Ecart.Scoring;
using Spectre.Console;

namespace Ecart.App.Commands;

/// <summary><c>ecart signatures</c>.</summary>
internal static class SignaturesCommand
{
    private const int DefaultDays = 90;
    private static readonly string[] Severities = ["low", "medium", "high", "critical"];

    public static Command Make() => new("signatures", "Known threats of the network domain that connections are compared with.")
    {
        MakeLearn(), MakeList(), MakeImport(), MakeExport(), MakeActivate("activate", true), MakeActivate("deactivate", false),
    };

    private static Command MakeLearn()
    {
        var name = new Argument<string>("NAME") { Description = "Name for people; one that exists is replaced." };
        var category = new Option<string>("--category") { Required = true, Description = "One of " + string.Join(", ", NetworkSignature.Categories) + "." };
        category.AcceptOnlyFromAmong([.. NetworkSignature.Categories]);
        var severity = new Option<string>("--severity") { Required = true, Description = "One of " + string.Join(", ", Severities) + "." };
        severity.AcceptOnlyFromAmong(Severities);
        var mitre = new Option<string?>("--mitre") { Description = "Id of the technique in MITRE ATT&CK, such as T1046 or T1110.001." };
        var description = new Option<string?>("--description") { Description = "What it is, for people." };
        var type = new Option<string?>("--threat-type") { Description = "Learn only from confirmed connections whose verdict was of this class." };
        var uids = new Option<FileInfo>("--uids") { Description = "Learn from these connections instead: a file with a uid a line." };
        uids.AcceptExistingOnly();
        var days = new Option<int>("--days") { Description = "Event time before the newest connection to learn from.", DefaultValueFactory = _ => DefaultDays };
        days.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<int>() is < 1 or > 36_500) result.AddError($"--days is {result.GetValueOrDefault<int>()}; it must be 1 to 36500.");
        });
        var trial = new Option<bool>("--dry-run") { Description = "Show how well it tells the threat apart, store nothing." };
        Option<string> reason = ModelsCommand.ReasonOption();
        var command = new Command(
            "learn",
            "Learn a signature from stored connections that people confirmed to be a threat, with the radius that tells them best from normal ones. A running "
            + "service takes it over.") { name, category, severity, mitre, description, type, uids, days, trial, reason };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            store => new SignatureTraining(
                parsed.GetRequiredValue(name), parsed.GetRequiredValue(category), Enum.Parse<Severity>(parsed.GetRequiredValue(severity), ignoreCase: true))
            {
                MitreId = parsed.GetValue(mitre),
                Description = parsed.GetValue(description),
                ThreatType = parsed.GetValue(type),
                Uids = parsed.GetValue(uids),
                Window = TimeSpan.FromDays(parsed.GetValue(days)),
                IsTrial = parsed.GetValue(trial),
            }.RunAsync(store, parsed.GetRequiredValue(reason), cancellationToken),
            cancellationToken));
        return command;
    }

    private static Command MakeList()
    {
        var command = new Command("list", "List the signatures, those in force and those that are not.");
        command.SetAction((_, cancellationToken) => RunAsync(store => ListAsync(store, cancellationToken), cancellationToken));
        return command;
    }

    private static Command MakeImport()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A JSON list as 'export' writes it, or a STIX 2.1 bundle." };
        file.AcceptExistingOnly();
        Option<string> reason = ModelsCommand.ReasonOption();
        var command = new Command("import", "Put signatures of a file in force. One of a name that exists is replaced.") { file, reason };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            store => ImportAsync(store, parsed.GetRequiredValue(file), parsed.GetRequiredValue(reason), cancellationToken), cancellationToken));
        return command;
    }

    private static Command MakeExport()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "File to write." };
        var form = new Option<string>("--format") { Description = "json or stix (STIX 2.1).", DefaultValueFactory = _ => SignatureFile.Json };
        form.AcceptOnlyFromAmong([.. SignatureFile.Forms]);
        var command = new Command("export", "Write the signatures in force into a file.") { file, form };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            store => ExportAsync(store, parsed.GetRequiredValue(file), parsed.GetRequiredValue(form), cancellationToken), cancellationToken));
        return command;
    }

    private static Command MakeActivate(string verb, bool isActive)
    {
        var name = new Argument<string>("NAME") { Description = "A signature, as 'list' shows it." };
        Option<string> reason = ModelsCommand.ReasonOption();
        var command = new Command(verb, isActive ? "Put a signature back in force." : "Take a signature out of force. It is kept.") { name, reason };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            store => SetActiveAsync(store, parsed.GetRequiredValue(name), isActive, parsed.GetRequiredValue(reason), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Func<OpenStore, Task<int>> work, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener
            .OpenAsync("", cancellationToken, withModels: false, ServedDomains.Find(NetworkFlow.DomainName)).ConfigureAwait(false);
        try
        {
            return await work(store).ConfigureAwait(false);
        }
        catch (SignatureException error)
        {
            throw new CommandException(error.Message);
        }
    }

    private static async Task<int> ListAsync(OpenStore store, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredSignature> signatures = await new SignatureStore(store.ConnectionString).ReadAsync(cancellationToken).ConfigureAwait(false);
        if (signatures.Count == 0)
        {
            Output.Note("There is no signature yet: 'ecart signatures learn', or 'import'.");
            return ExitCode.Done;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("name", "in force", "category", "severity", "radius", "technique", "description");
        foreach (StoredSignature stored in signatures)
        {
            NetworkSignature signature = stored.Signature;
            table.AddRow(
                Markup.Escape(signature.Name), stored.IsActive ? "yes" : "", signature.Category, signature.Severity.ToString().ToLowerInvariant(),
                signature.Radius.ToString("F4", CultureInfo.InvariantCulture), signature.MitreId ?? "", Markup.Escape(signature.Description ?? ""));
        }

        Output.Tables.Write(table);
        return ExitCode.Done;
    }

    private static async Task<int> ImportAsync(OpenStore store, FileInfo file, string reason, CancellationToken cancellationToken)
    {
        IReadOnlyList<NetworkSignature> signatures = Read(file, await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false));
        int added = await new SignatureStore(store.ConnectionString).PutAsync(signatures, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
        Output.Result($"{Counted(signatures.Count)} of {file.Name} in force, {added:N0} new.");
        return ExitCode.Done;
    }

    private static IReadOnlyList<NetworkSignature> Read(FileInfo file, byte[] utf8)
    {
        try
        {
            return SignatureFile.Read(utf8);
        }
        catch (SignatureException error)
        {
            throw new CommandException($"{file.Name}: {error.Message} 'ecart signatures export' writes a file of the form that is read.");
        }
    }

    private static async Task<int> ExportAsync(OpenStore store, FileInfo file, string form, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredSignature> stored = await new SignatureStore(store.ConnectionString).ReadAsync(cancellationToken).ConfigureAwait(false);
        NetworkSignature[] active = [.. stored.Where(one => one.IsActive).Select(one => one.Signature)];
        byte[] bytes = SignatureFile.Write(form, active, TimeProvider.System.GetUtcNow().UtcDateTime);
        await File.WriteAllBytesAsync(file.FullName, bytes, cancellationToken).ConfigureAwait(false);
        Output.Result($"{Counted(active.Length)} written to {file.Name}.");
        return ExitCode.Done;
    }

    private static string Counted(int count) => count == 1 ? "1 signature" : $"{count:N0} signatures";

    private static async Task<int> SetActiveAsync(OpenStore store, string name, bool isActive, string reason, CancellationToken cancellationToken)
    {
        bool isKnown = await new SignatureStore(store.ConnectionString).SetActiveAsync(name, isActive, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
        if (!isKnown) throw new CommandException($"There is no signature '{name}'. 'ecart signatures list' shows those that there are.", ExitCode.Usage);
        Output.Result(isActive ? $"'{name}' is in force." : $"'{name}' is out of force.");
        return ExitCode.Done;
    }
}
