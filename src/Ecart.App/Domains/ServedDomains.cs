using System.CommandLine;
using Ecart.Domains.Declared;

namespace Ecart.App.Domains;

/// <summary>The domains that this program serves: those built in, and by their names those that people declare.</summary>
internal static class ServedDomains
{
    /// <summary>Those built in; the first is the default.</summary>
    public static IReadOnlyList<IServedDomain> All { get; } = [new TransactionsDomain(), new NetworkDomain(), new UserBehaviorDomain(), new IotDomain()];

    /// <summary>The domain where none is named.</summary>
    public static IServedDomain Default => All[0];

    /// <summary>Their names, for people.</summary>
    public static string Names => string.Join(", ", All.Select(domain => domain.Name));

    /// <summary>Finds a domain by its name.</summary>
    /// <returns>Null for what can be no name. Whether a domain that is not built in was declared, the store tells when it is opened.</returns>
    public static IServedDomain? Find(string? name) =>
        All.FirstOrDefault(domain => domain.Name == name) ?? (DomainDeclaration.IsName(name) ? new DeclaredDomain(name!) : null);

    /// <summary>Whether a domain is one of those built in.</summary>
    public static bool IsBuiltIn(string name) => All.Any(domain => domain.Name == name);

    /// <summary>The argument that names a domain.</summary>
    /// <param name="isOptional">Whether it may be left out, for <see cref="Default"/>.</param>
    public static Argument<string> MakeArgument(bool isOptional = false)
    {
        var argument = new Argument<string>("DOMAIN") { Description = $"The domain: {Names}, or one that was declared." };
        if (isOptional) argument.DefaultValueFactory = _ => Default.Name;
        argument.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && Find(name) is null) result.AddError($"DOMAIN '{name}' is not known: this version has {Names}.");
        });
        return argument;
    }

    /// <summary>The domain that a command line names by <see cref="MakeArgument"/>.</summary>
    public static IServedDomain Of(ParseResult parsed, Argument<string> argument) => Find(parsed.GetRequiredValue(argument))!;

    /// <summary>The option that names a domain.</summary>
    /// <param name="what">Whose domain it is.</param>
    public static Option<string> MakeOption(string what = "Domain of the records")
    {
        var option = new Option<string>("--domain") { Description = $"{what}: {Names}, or one that was declared (ecart domains).", DefaultValueFactory = _ => Default.Name };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && Find(name) is null) result.AddError($"--domain '{name}' is not known: this version has {Names}, and a declared domain is named in lower-case letters.");
        });
        return option;
    }
}
