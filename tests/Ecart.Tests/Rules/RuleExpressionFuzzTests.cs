using System.Diagnostics;
using System.Reflection;
using Ecart.Numerics;
using Ecart.Rules;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Rules;

/// <summary>
/// Random expressions of the whole language, most of them right: each compiles or gives an error within it, ends, says the same of the same event, and what it is
/// compiled to holds nothing but numbers, texts and other parts of itself: there is nothing in it that could reach beyond the event.
/// </summary>
public sealed class RuleExpressionFuzzTests
{
    private const int InContinuousIntegration = 40_000;
    private const int InTheLongRun = 1_000_000;
    private const int Walked = 20;

    [Fact]
    public void Expressions_Random_ReachNothingOutsideTheEvent() => Fuzz(InContinuousIntegration, seed: 1);

    [Fact]
    public void Expressions_AMillionRandom_ReachNothingOutsideTheEvent()
    {
        Require.LongRun();
        Fuzz(InTheLongRun, seed: 2);
    }

    private static void Fuzz(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        int right = 0;
        var clock = new Stopwatch();
        for (int i = 0; i < count; i++)
        {
            string text = new Writer(random).Condition(4);
            if (random.Chance(0.3)) text = Break(text, random);
            clock.Restart();
            var plan = new RuleWindowPlan();
            if (!Sample.Fields.TryCompile(text, plan, out RuleExpression<Sample>? rule, out RuleError? error))
            {
                Assert.InRange(error.Position, 1, Math.Min(text.Length, RuleLimits.MaximumLength) + 1);
                Assert.NotEmpty(error.Found);
                Assert.NotEmpty(error.Expected);
                continue;
            }

            right++;
            double[] windows = [.. plan.Windows.Select(_ => random.Chance(0.2) ? double.NaN : random.Next(10))];
            Sample sample = Event(random, windows);
            Sample copy = sample;
            Assert.Equal(rule.Matches(in sample), rule.Matches(in copy));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), text);
            if (i % Walked == 0) HoldsOnlyValues(rule, text);
        }

        Assert.InRange(right, count / 4, count);
    }

    private static Sample Event(SeededRandom random, double[] windows) => new()
    {
        A = random.Chance(0.2) ? double.NaN : random.Between(-5, 5),
        B = random.Chance(0.2) ? double.PositiveInfinity : random.Next(24),
        S = random.Chance(0.2) ? null : Writer.Texts[random.Next(Writer.Texts.Length)],
        T = random.Chance(0.2) ? null : "pos",
        F = random.Chance(0.3) ? null : random.Chance(0.5),
        G = random.Chance(0.3) ? null : random.Chance(0.5),
        Time = new DateTime(2026, 1, 1).AddMinutes(random.Next(1_000_000)),
        W = windows,
    };

    private static string Break(string text, SeededRandom random)
    {
        int at = random.Next(text.Length + 1);
        return random.Next(3) switch
        {
            0 => text[..at],
            1 => text.Insert(at, Writer.Pieces[random.Next(Writer.Pieces.Length)]),
            _ => at < text.Length ? text.Remove(at, 1) : text,
        };
    }

    /// <summary>Follows every reference from the compiled rule.</summary>
    private static void HoldsOnlyValues(object rule, string text)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var rest = new Stack<object>([rule]);
        while (rest.TryPop(out object? part))
        {
            if (!seen.Add(part)) continue;
            Type type = part.GetType();
            if (part is Delegate call)
            {
                Assert.True(IsOfTheRules(call.Method.DeclaringType!), $"{text}: calls {call.Method.DeclaringType}.{call.Method.Name}");
                Assert.Single(call.GetInvocationList());
                if (call.Target is not null) rest.Push(call.Target);
                continue;
            }

            if (part is string || type.IsPrimitive || type.IsEnum) continue;
            if (part is Array items)
            {
                foreach (object? item in items)
                    if (item is not null) rest.Push(item);
                continue;
            }

            bool isValue = type == typeof(DateTime) || type == typeof(TimeSpan) || type == typeof(UInt128) || type == typeof(decimal);
            if (isValue) continue;
            Assert.True(IsOfTheRules(type) || type.Namespace == "System" && type.Name.StartsWith("ValueTuple", StringComparison.Ordinal), $"{text}: holds {type}");
            for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
            {
                foreach (FieldInfo field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    if (field.GetValue(part) is { } held) rest.Push(held);
            }
        }
    }

    /// <summary>Parts of the compiler, and the fields of the sample domain.</summary>
    private static bool IsOfTheRules(Type type)
    {
        for (Type? outer = type; outer is not null; outer = outer.DeclaringType)
            if (outer == typeof(Sample) || outer.Namespace is "Ecart.Rules" or "Ecart.Rules.Compilation" or "Ecart.Rules.Syntax") return true;
        return false;
    }

    /// <summary>Writes expressions that are right by their form; some are wrong in what they name.</summary>
    private sealed class Writer(SeededRandom random)
    {
        public static readonly string[] Texts = ["", "a", "pos", "Paris", "10.1.2.3", "2001:db8::1", "12.5", "O'Hare", "été"];

        public static readonly string[] Pieces =
        [
            "(", ")", ",", "'", "and", "not", "count(", "like(", "1h", "5m", "*", "/", "in", "between", "is null", "\0", "\uD83D", ";", "--", "System.IO.File", "[0]", ".", "\\",
        ];

        private static readonly string[] Spans = ["1s", "5m", "1h", "7D", "30d", "31d"];

        public string Condition(int depth)
        {
            if (depth == 0) return Pick("true", "false", "is_weekend", "is_known");
            return random.Next(14) switch
            {
                0 => $"({Condition(depth - 1)} and {Condition(depth - 1)})",
                1 => $"({Condition(depth - 1)} or {Condition(depth - 1)})",
                2 => $"not ({Condition(depth - 1)})",
                3 => $"{Number(depth - 1)} {Pick("=", "!=", "<", "<=", ">", ">=", "<>")} {Number(depth - 1)}",
                4 => $"{Text(depth - 1)} {Pick("=", "!=")} {Text(depth - 1)}",
                5 => $"{Number(depth - 1)} between {Number(0)} and {Number(0)}",
                6 => $"{Text(depth - 1)} {Pick("", "not ")}in ({Text(0)}, {Text(0)})",
                7 => $"{Text(depth - 1)} {Pick("starts with", "contains")} {Text(0)}",
                8 => $"{Pick(Number(depth - 1), Text(depth - 1))} is {Pick("", "not ")}null",
                9 => $"in_network({Text(depth - 1)}, '{Pick("10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0", "10.0.0.0/99")}')",
                10 => $"{Pick("is_private", "is_ipv6")}({Text(depth - 1)})",
                11 => $"like({Text(depth - 1)}, '{Pick("*", "?a*", "P*s", "**a**b**", "")}')",
                12 => $"same_text({Text(depth - 1)}, {Text(0)})",
                _ => Pick("time_between('22:00', '06:00')", "before('2026-06-01')", "time_between('9', '10')"),
            };
        }

        private string Number(int depth)
        {
            if (depth == 0) return Pick("amount", "hour", "0", "2.5", "1e308", "7");
            return random.Next(10) switch
            {
                0 => $"({Number(depth - 1)} {Pick("+", "-", "*", "/")} {Number(depth - 1)})",
                1 => $"-{Number(0)}",
                2 => $"{Pick("abs", "floor", "ln")}({Number(depth - 1)})",
                3 => $"{Pick("min", "max", "coalesce")}({Number(depth - 1)}, {Number(0)})",
                4 => $"{Pick("length", "number", "entropy")}({Text(depth - 1)})",
                5 => Pick("minute_of_day()", "day_of_month()", "month()", "year()"),
                6 => $"count({Pick("city", "channel", "amount")}, {Pick(Spans)})",
                7 => $"{Pick("sum", "average", "largest")}(amount, {Pick(Spans)}{Pick("", ", channel", ", city")})",
                8 => $"distinct({Pick("city", "amount", "is_weekend")}, {Pick(Spans)})",
                _ => Number(0),
            };
        }

        private string Text(int depth) => depth > 0 && random.Chance(0.2)
            ? $"coalesce({Text(depth - 1)}, {Text(0)})"
            : random.Chance(0.4) ? Pick("city", "channel") : $"'{Texts[random.Next(Texts.Length)].Replace("'", "''", StringComparison.Ordinal)}'";

        private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
    }
}
