using System.Globalization;
using System.Text.RegularExpressions;
using Ecart.Domains.Transactions;
using Ecart.Eval.Running;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;

namespace Ecart.Eval.FraudHandbook;

/// <summary>The monthly files of the set.</summary>
internal static partial class FraudHandbookFiles
{
    /// <summary>Name of the set's folder.</summary>
    public const string SetName = "fraud_handbook";

    /// <summary>Field of transactions and column of the files.</summary>
    private static readonly (string Field, string Column)[] Columns =
    [
        ("uid", "TRANSACTION_ID"), ("occurred_at", "TX_DATETIME"), ("account", "CUSTOMER_ID"), ("merchant", "TERMINAL_ID"), ("amount", "TX_AMOUNT"),
        ("label", "TX_FRAUD"), ("label_kind", "TX_FRAUD_SCENARIO"),
    ];

    /// <summary>Opens files as records of transactions, with their truth aside.</summary>
    /// <exception cref="EvaluationException">One cannot be read.</exception>
    public static (RecordReader Reader, TruthRecorder Truth) Open(IReadOnlyList<string> paths, TimeProvider time)
    {
        var truth = new TruthRecorder(new TransactionDecoder(TransactionDecoderOptions.From(TransactionOptions.Default), time));
        return (Open(paths, truth, static field => field), truth);
    }

    /// <summary>Opens files as records of a decoder.</summary>
    /// <param name="paths">In order of their months.</param>
    /// <param name="decoder">Makes events of them.</param>
    /// <param name="nameOf">What it calls a field of transactions.</param>
    /// <exception cref="EvaluationException">One cannot be read.</exception>
    public static RecordReader Open(IReadOnlyList<string> paths, IRecordDecoder decoder, Func<string, string> nameOf)
    {
        string mapping = string.Join(',', Columns.Select(column => $"{nameOf(column.Field)}={column.Column}"));
        if (!FieldMap.TryParse(mapping, decoder.Schema, out FieldMap? map, out string? error)) throw new InvalidOperationException(error);
        return RecordReader.TryOpen(paths, decoder, map, null, out RecordReader? reader, out FileFailure? failure)
            ? reader
            : throw new EvaluationException(failure.Message, EvaluationProgram.Failed);
    }

    /// <summary>Whether a folder holds monthly files.</summary>
    public static bool IsSet(string folder) => Directory.EnumerateFiles(folder).Any(path => MonthOf(path) is not null);

    /// <summary>The files to read: every month up to the last test day.</summary>
    /// <param name="folder">The set's folder.</param>
    /// <param name="training">Days that must be present, and all days from then</param>
    /// <param name="test">to the last of these.</param>
    /// <exception cref="EvaluationException">A month that the protocol needs is missing.</exception>
    public static IReadOnlyList<string> Select(string folder, DayRange training, DayRange test)
    {
        var months = new SortedDictionary<DateOnly, string>();
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            if (MonthOf(path) is { } month) months.TryAdd(month, path);
        for (var needed = new DateOnly(training.First.Year, training.First.Month, 1); needed <= test.Last; needed = needed.AddMonths(1))
        {
            if (months.ContainsKey(needed)) continue;
            string present = months.Count == 0 ? "no month" : string.Join(", ", months.Keys.Select(Name));
            throw new EvaluationException(
                $"{folder} has no file transactions_{Name(needed)}.csv.gz, which training days {training} and test days {test} need. "
                + $"It has {present}: put the file there, give another folder by --data DIR, or choose other days by --train and --test.");
        }

        return [.. months.Where(month => month.Key <= test.Last).Select(month => month.Value)];
    }

    [GeneratedRegex(@"^transactions_(\d{4}-\d{2})\.csv(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    /// <summary>Whether a file is one of a month.</summary>
    public static bool IsMonth(string path) => MonthOf(path) is not null;

    private static string Name(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static DateOnly? MonthOf(string path) =>
        FileName().Match(Path.GetFileName(path)) is { Success: true } match
        && DateOnly.TryParseExact(match.Groups[1].Value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly month)
            ? month
            : null;
}
