using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ecart.App.Domains;
using Ecart.App.Exceptions;

namespace Ecart.App.Commands;

/// <summary>The options that say what an exception covers and for how long.</summary>
internal sealed class ExceptionOptions
{
    private readonly Option<string> domain = ServedDomains.MakeOption("Its domain");

    private readonly Option<long?> alert = new("--alert")
    {
        HelpName = "ID",
        Description = "The alert that it is made from. Alone: behaviour like this alert's, of its entity, within the radius that the data proposes.",
        CustomParser = result => Number<long>(result, "--alert", text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null),
    };

    private readonly Option<string?> entityType = new("--entity-type") { HelpName = "TYPE", Description = "Kind of the entity: account, ip, device, user, ..." };
    private readonly Option<string?> entity = new("--entity") { HelpName = "ID", Description = "The entity. Default: all of them." };
    private readonly Option<string?> pattern = new("--event") { HelpName = "UID", Description = "The event whose behaviour is meant. Default: every behaviour." };

    private readonly Option<double?> radius = new("--radius")
    {
        HelpName = "NUMBER",
        Description = "How far from that event a behaviour may lie. Default: as the data proposes.",
        CustomParser = result => Number<double>(result, "--radius", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : (double?)null),
    };

    private readonly Option<string?> rule = new("--rule") { HelpName = "EXPRESSION", Description = "A rule that must hold (docs/reference/rules.md)." };
    private readonly Option<int> days = new("--days") { Description = "Days for which it is valid.", DefaultValueFactory = _ => ExceptionCheck.DefaultDays };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[domain, alert, entityType, entity, pattern, radius, rule, days]) command.Options.Add(option);
    }

    /// <summary>What a command line asks for.</summary>
    /// <exception cref="CommandException">The alert is not there.</exception>
    public async Task<ExceptionWish> ReadAsync(ParseResult parsed, string? reason, ExceptionDesk desk, CancellationToken cancellationToken)
    {
        var asked = new ExceptionWish
        {
            Domain = parsed.GetRequiredValue(domain),
            AlertId = parsed.GetValue(alert),
            EntityType = parsed.GetValue(entityType),
            EntityId = parsed.GetValue(entity),
            EventUid = parsed.GetValue(pattern),
            Radius = parsed.GetValue(radius),
            Rule = parsed.GetValue(rule),
            Days = parsed.GetValue(days),
            Reason = reason,
        };
        if (asked.AlertId is not { } number) return asked;
        if (await desk.SuggestAsync(number, cancellationToken).ConfigureAwait(false) is not { } suggestion)
            throw new CommandException($"There is no alert {number} whose event is kept.", ExitCode.Usage);
        bool isAlone = asked is { EntityType: null, EntityId: null, EventUid: null, Rule: null };
        return isAlone
            ? suggestion.Wish with { Radius = asked.Radius ?? suggestion.Wish.Radius, Days = asked.Days, Reason = reason }
            : asked with { Domain = suggestion.Wish.Domain };
    }

    private static TNumber? Number<TNumber>(ArgumentResult result, string name, Func<string, TNumber?> read)
        where TNumber : struct
    {
        string text = result.Tokens[0].Value;
        if (read(text) is { } number) return number;
        result.AddError($"{name} '{text}' is not a number.");
        return null;
    }
}
