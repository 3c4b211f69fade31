using System.CommandLine;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Http;
using Ecart.MariaDb.Access;

namespace Ecart.App.Commands;

/// <summary>Arguments of the commands that decide who has access.</summary>
internal static class AccessArguments
{
    private static readonly AccessRole[] Roles = Enum.GetValues<AccessRole>();

    /// <summary>Who is written into the audit log.</summary>
    public static string Actor => $"cli:{Environment.UserName}";

    /// <summary>A name.</summary>
    public static Argument<string> MakeName(string description)
    {
        var name = new Argument<string>("NAME") { Description = description };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && !AccountName.IsName(text)) result.AddError($"NAME '{text}' cannot be used: it must be {AccountName.Form}.");
        });
        return name;
    }

    /// <summary>A role by option.</summary>
    public static Option<AccessRole> MakeRole()
    {
        Option<AccessRole> role = Make();
        role.CompletionSources.Clear();
        role.CompletionSources.Add([.. Roles.Select(Names.Of)]);
        return role;
    }

    private static Option<AccessRole> Make() => new("--role")
    {
        HelpName = "viewer|analyst|admin",
        Description = "What they may do: viewer sees everything, analyst also works on alerts and sends events, admin also decides who has access.",
        Required = true,
        CustomParser = Parse,
    };

    /// <summary>A role by argument.</summary>
    public static Argument<AccessRole> MakeRoleArgument()
    {
        var role = new Argument<AccessRole>("ROLE") { HelpName = "viewer|analyst|admin", Description = "The new role.", CustomParser = Parse };
        role.CompletionSources.Clear();
        role.CompletionSources.Add([.. Roles.Select(Names.Of)]);
        return role;
    }

    private static AccessRole Parse(System.CommandLine.Parsing.ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        foreach (AccessRole role in Roles)
            if (Names.Of(role) == text) return role;
        result.AddError($"'{text}' is not a role: viewer, analyst and admin are.");
        return AccessRole.Viewer;
    }
}
