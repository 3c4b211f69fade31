using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Ecart.App.Terminal;
using Ecart.Streaming.Files;

namespace Ecart.App.Commands;

/// <summary>
/// Has every option and argument whose values are no text refuse a wrong one in plain words: what was given, and which forms are accepted. The library's own words
/// name types of the runtime.
/// </summary>
internal static class OptionForms
{
    private static readonly string[] TimeForms = ["yyyy-M-d", "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss", "yyyy-M-d'T'H:mm", "yyyy-M-d'T'H:mm:ss", "yyyy-M-d'T'H:mm:ss.FFFFFFF"];

    /// <summary>Gives a command and all below it their parsers, where they have none of their own.</summary>
    public static void Apply(Command command)
    {
        foreach (Option option in command.Options) Apply(option);
        foreach (Argument argument in command.Arguments) Apply(argument);
        foreach (Command below in command.Subcommands) Apply(below);
    }

    private static void Apply(Option option)
    {
        switch (option)
        {
            case Option<int> number:
                number.CustomParser ??= result => Whole<int>(result, number.Name);
                CheckOnly(option, text => IsWhole<int>(text, out _));
                break;
            case Option<ulong> number:
                number.CustomParser ??= result => Whole<ulong>(result, number.Name);
                CheckOnly(option, text => IsWhole<ulong>(text, out _));
                break;
            case Option<int?> number:
                number.CustomParser ??= result => Whole<int>(result, number.Name);
                break;
            case Option<double?> number:
                number.CustomParser ??= result => Share(result, number.Name);
                break;
            case Option<DateTime?> time: time.CustomParser ??= result => Time(result, time.Name); break;
            case Option<FileFormat> choice: OneOf(choice); break;
            case Option<OutputForm> choice: OneOf(choice); break;
            default: break;
        }
    }

    /// <summary>The option's own checks look at values: what is none is refused already.</summary>
    private static void CheckOnly(Option option, Func<string, bool> isValue)
    {
        Action<OptionResult>[] checks = [.. option.Validators];
        option.Validators.Clear();
        option.Validators.Add(result =>
        {
            if (!result.Tokens.All(token => isValue(token.Value))) return;
            foreach (Action<OptionResult> check in checks) check(result);
        });
    }

    private static void Apply(Argument argument)
    {
        switch (argument)
        {
            case Argument<int> number: number.CustomParser ??= result => Whole<int>(result, number.Name); break;
            case Argument<long> number: number.CustomParser ??= result => Whole<long>(result, number.Name); break;
            case Argument<long[]> numbers: numbers.CustomParser ??= result => [.. result.Tokens.Select(token => Whole<long>(result, numbers.Name, token.Value))]; break;
            default: break;
        }
    }

    private static double? Share(ArgumentResult result, string name)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) return number;
        result.AddError($"{name} '{text}' is not a number: write for example {name} 0.95.");
        return null;
    }

    private static TNumber Whole<TNumber>(ArgumentResult result, string name)
        where TNumber : struct, IBinaryInteger<TNumber>, IMinMaxValue<TNumber> =>
        Whole<TNumber>(result, name, result.Tokens[0].Value);

    private static TNumber Whole<TNumber>(ArgumentResult result, string name, string text)
        where TNumber : struct, IBinaryInteger<TNumber>, IMinMaxValue<TNumber>
    {
        if (IsWhole(text, out TNumber number)) return number;
        result.AddError($"{name} '{text}' is not a whole number from {TNumber.MinValue} to {TNumber.MaxValue}: write for example {name} 30.");
        return default;
    }

    /// <summary>Words as they are written everywhere else, when they are read and when a shell completes them.</summary>
    private static void OneOf<TChoice>(Option<TChoice> choice)
        where TChoice : struct, Enum
    {
        choice.CustomParser ??= result => OneOf<TChoice>(result, choice.Name);
        choice.CompletionSources.Clear();
        choice.CompletionSources.Add([.. Enum.GetNames<TChoice>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]);
    }

    private static TChoice OneOf<TChoice>(ArgumentResult result, string name)
        where TChoice : struct, Enum
    {
        string text = result.Tokens[0].Value;
        string[] names = [.. Enum.GetNames<TChoice>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
        int position = Array.FindIndex(names, choice => Plain(choice) == Plain(text));
        if (position >= 0) return Enum.GetValues<TChoice>()[position];
        result.AddError($"{name} '{text}' is not known: {string.Join(", ", names)}.");
        return default;

        static string Plain(string choice) => choice.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
    }

    private static bool IsWhole<TNumber>(string text, out TNumber number)
        where TNumber : struct, IBinaryInteger<TNumber> => TNumber.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>A day or a time of one in UTC, or with Z or an offset at its end.</summary>
    private static DateTime? Time(ArgumentResult result, string name)
    {
        string text = result.Tokens[0].Value;
        if (DateTime.TryParseExact(
            text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time))
            return time;
        string[] zoned = [.. TimeForms.Skip(1).Select(form => form + "K")];
        if (DateTimeOffset.TryParseExact(text, zoned, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)) return at.UtcDateTime;
        result.AddError(
            $"{name} '{text}' is not a time: write a day as 2026-03-02 or a time in UTC as 2026-03-02T14:30 or 2026-03-02T14:30:00, else with its offset as 2026-03-02T14:30:00+01:00.");
        return null;
    }
}
