using System.Globalization;
using Ecart.Rules.Syntax;

namespace Ecart.Rules.Compilation;

/// <summary>Functions of the event's local time. Times and days are written out, so that a wrong one is an error.</summary>
internal static class TimeFunctions<TContext>
    where TContext : allows ref struct
{
    private static readonly string[] Moments = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];

    public static RuleValue<TContext, Truth> Condition(string name, CallNode call, RuleCompiler<TContext> parts)
    {
        RuleValue<TContext, DateTime> local = LocalTime(call, parts);
        if (name == "before")
        {
            DateTime moment = MomentOf(call.Arguments[0]);
            return (in TContext context) => TruthOf.Known(local(in context) < moment);
        }

        TimeSpan from = TimeOf(call.Arguments[0]);
        TimeSpan to = TimeOf(call.Arguments[1]);
        return (in TContext context) =>
        {
            TimeSpan time = local(in context).TimeOfDay;
            return TruthOf.Known(from <= to ? time >= from && time < to : time >= from || time < to);
        };
    }

    public static RuleValue<TContext, double> Number(string name, CallNode call, RuleCompiler<TContext> parts)
    {
        RuleValue<TContext, DateTime> local = LocalTime(call, parts);
        return name switch
        {
            "minute_of_day" => (in TContext context) => Math.Floor(local(in context).TimeOfDay.TotalMinutes),
            "day_of_month" => (in TContext context) => local(in context).Day,
            "month" => (in TContext context) => local(in context).Month,
            _ => (in TContext context) => local(in context).Year,
        };
    }

    private static RuleValue<TContext, DateTime> LocalTime(CallNode call, RuleCompiler<TContext> parts) =>
        parts.Fields.LocalTime
        ?? throw RuleCompiler<TContext>.Mistake(call, $"'{call.Name}('", $"no function of time, which {parts.Fields.Domain} has not");

    private static TimeSpan TimeOf(RuleNode node)
    {
        const string expected = "a time such as '22:00', from '00:00' to '24:00'";
        string text = FunctionCompiler<TContext>.Literal(node, expected);
        if (text == "24:00") return TimeSpan.FromDays(1);
        return TimeSpan.TryParseExact(text, @"hh\:mm", CultureInfo.InvariantCulture, out TimeSpan time)
            ? time
            : throw RuleCompiler<TContext>.Mistake(node, $"the text '{text}'", expected);
    }

    private static DateTime MomentOf(RuleNode node)
    {
        const string expected = "a day such as '2027-01-31', or a moment such as '2027-01-31 18:30'";
        string text = FunctionCompiler<TContext>.Literal(node, expected);
        return DateTime.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment)
            ? moment
            : throw RuleCompiler<TContext>.Mistake(node, $"the text '{text}'", expected);
    }
}
