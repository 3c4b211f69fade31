using System.CommandLine;
using Ecart.App.Declared;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Domains.Declared;
using Ecart.MariaDb.Configuration;

namespace Ecart.App.Commands;

/// <summary><c>ecart domains</c>.</summary>
internal static class DomainsCommand
{
    public static Command Make()
    {
        var validate = new Command("validate", "Check a declaration; every mistake is told with its line and column.");
        Argument<FileInfo> checkedFile = FileArgument();
        validate.Add(checkedFile);
        validate.SetAction((parsed, cancellationToken) => ValidateAsync(parsed.GetRequiredValue(checkedFile), cancellationToken));

        Argument<FileInfo> file = FileArgument();
        var reason = new Option<string?>("--reason") { Description = "Why, for those who read the audit log later. Default: the file's name." };
        var apply = new Command(
            "apply", "Make a declaration the active version of its domain, with views of its events and profiles. From then on all commands know it by --domain.") { file, reason };
        apply.SetAction((parsed, cancellationToken) => ApplyAsync(parsed.GetRequiredValue(file), parsed.GetValue(reason), cancellationToken));

        var list = new Command("list", "List the declared domains.");
        list.SetAction((_, cancellationToken) => ListAsync(cancellationToken));
        return new Command("domains", "Domains that are declared in YAML (docs/how-to/declare-a-domain.md).") { validate, apply, list };
    }

    private static Argument<FileInfo> FileArgument()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "YAML (docs/reference/domain-declaration.md)." };
        file.AcceptExistingOnly();
        return file;
    }

    private static async Task<DomainDeclaration> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        DeclarationText text = DeclarationText.Read(await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false));
        if (text.Declaration is { } declaration && !ServedDomains.IsBuiltIn(declaration.Name)) return declaration;
        foreach (DeclarationProblem problem in text.Problems) Output.Result($"{file}:{problem}");
        throw new CommandException(
            text.Declaration is null
                ? $"{file} cannot be used: {text.Problems.Count} {(text.Problems.Count == 1 ? "mistake" : "mistakes")}."
                : $"{file}: '{text.Declaration.Name}' is a built-in domain: give the declared one another name.",
            ExitCode.Usage);
    }

    private static async Task<int> ValidateAsync(FileInfo file, CancellationToken cancellationToken)
    {
        DomainDeclaration declaration = await ReadAsync(file, cancellationToken).ConfigureAwait(false);
        Output.Result(
            $"{file} is right: domain {declaration.Name}, entity {declaration.Entity}, {declaration.Fields.Count} fields, {declaration.Encoders.Count} encoders, "
            + $"{declaration.Windows.Count} windows, {declaration.Rules.Count} rules.");
        return ExitCode.Done;
    }

    private static async Task<int> ApplyAsync(FileInfo file, string? reason, CancellationToken cancellationToken)
    {
        DomainDeclaration declaration = await ReadAsync(file, cancellationToken).ConfigureAwait(false);
        var settings = new DeclaredSettings(declaration);
        var domain = new DeclaredDomain(declaration.Name);
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        var configuration = new ConfigurationStore(store.ConnectionString);
        await RequireLayoutAsync(configuration, declaration, cancellationToken).ConfigureAwait(false);
        ActiveConfiguration? active = await configuration.GetActiveAsync(declaration.Name, cancellationToken).ConfigureAwait(false);
        bool isSame = active is not null && domain.Read(active.Settings).Text == settings.Text;
        int version = isSame ? active!.Version : await configuration.AddVersionAsync(
            declaration.Name, settings.Text, reason ?? $"ecart domains apply {file.Name}", Environment.UserName, activate: true, cancellationToken).ConfigureAwait(false);
        await domain.ActivatedAsync(settings, version, store.ConnectionString, cancellationToken).ConfigureAwait(false);
        Output.Result(isSame
            ? $"Nothing has changed: version {version} of {declaration.Name} is active."
            : $"Version {version} of {declaration.Name} is active: 'ecart replay --domain {declaration.Name} FILE' scores records, "
            + $"the views events_{declaration.Name} and profiles_{declaration.Name} show them.");
        return ExitCode.Done;
    }

    /// <summary>Vectors of one version are compared with each other: what makes them must be the same in all declarations that have it.</summary>
    private static async Task RequireLayoutAsync(ConfigurationStore configuration, DomainDeclaration declaration, CancellationToken cancellationToken)
    {
        int newest = 0;
        bool isOther = false;
        for (int version = 1; await configuration.GetSettingsAsync(declaration.Name, version, cancellationToken).ConfigureAwait(false) is { } stored; version++)
        {
            DomainDeclaration earlier = DeclaredJson.Deserialize(stored);
            newest = Math.Max(newest, earlier.LayoutVersion);
            if (earlier.Base != declaration.Base)
                throw new CommandException($"Version {version} of {declaration.Name} has another base: a domain keeps its base. Give this one another name.", ExitCode.Usage);
            isOther |= earlier.LayoutVersion == declaration.LayoutVersion && !earlier.HasSameLayout(declaration);
        }

        if (isOther)
        {
            throw new CommandException(
                $"Entity, encoders, or the fields of deviations and novelty are others than in an earlier version with layout_version {declaration.LayoutVersion}: vectors of "
                + $"both cannot be compared. Set layout_version to {newest + 1}; profiles then begin anew.",
                ExitCode.Usage);
        }
    }

    private static async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        int count = 0;
        foreach ((string name, ActiveConfiguration active) in await new ConfigurationStore(store.ConnectionString).ReadActiveAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ServedDomains.IsBuiltIn(name)) continue;
            count++;
            DomainDeclaration declaration = DeclaredJson.Deserialize(active.Settings);
            Output.Result($"{name,-20} version {active.Version}, layout {declaration.LayoutVersion}, entity {declaration.Entity}: {declaration.Title}");
        }

        if (count == 0) Output.Note("No domain is declared: 'ecart domains apply FILE' declares one.");
        return ExitCode.Done;
    }
}
