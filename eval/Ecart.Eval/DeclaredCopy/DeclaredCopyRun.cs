using Ecart.Domains.Declared;
using Ecart.Domains.Declared.Based;
using Ecart.Domains.Transactions;
using Ecart.Eval.FraudHandbook;
using Ecart.Eval.Running;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Scoring;
using Ecart.Streaming.Sources;

namespace Ecart.Eval.DeclaredCopy;

/// <summary>Takes files through the built-in domain and through a declared one, each by its own decoder and engine, and compares every verdict.</summary>
internal sealed class DeclaredCopyRun(DomainDeclaration declaration, bool hasLabels)
{
    private const int ProgressStep = 4096;
    private readonly TransactionEngine built = new(TransactionOptions.Default);
    private readonly BasedEngine declared = new(declaration);
    private readonly Dictionary<string, (ScoredEvent Built, ScoredEvent Declared)> awaitingLabel = new(StringComparer.Ordinal);
    private long seq;
    private long events;
    private long flagged;
    private long scores;
    private long ranks;
    private long vectors;
    private long evidence;
    private double largest;

    /// <summary>Scores the files by both.</summary>
    /// <param name="paths">In order of their months.</param>
    /// <param name="time">The clock that bounds how far in the future events may lie.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    /// <exception cref="EvaluationException">A file cannot be read, or the two do not read the same events.</exception>
    public DeclaredCopyResult Compare(IReadOnlyList<string> paths, TimeProvider time, Action<double> progress)
    {
        ReplayLabels labels = hasLabels ? new ReplayLabels(true, TimeSpan.FromDays(FraudHandbookSplit.LabelDelayDays), ApplyRest: false) : ReplayLabels.None;
        var decoder = new TransactionDecoder(TransactionDecoderOptions.From(TransactionOptions.Default), time);
        using var left = new FileReplaySource(paths, FraudHandbookFiles.Open(paths, decoder, static field => field), labels);
        using var right = new FileReplaySource(paths, FraudHandbookFiles.Open(paths, new BasedDecoder(declaration, time), NameOf), labels);
        for (long items = 0; left.TryRead(out ReplayItem ofBuilt); items++)
        {
            if (!right.TryRead(out ReplayItem ofDeclared) || ofBuilt.Event?.EventUid != ofDeclared.Event?.EventUid || ofBuilt.Label?.EventUid != ofDeclared.Label?.EventUid)
                throw new EvaluationException($"After {items} records the declared domain reads other ones than the built-in.", EvaluationProgram.Failed);
            if (ofBuilt.Label is { } label) Apply(label);
            else if (ofBuilt.Event is { } transaction) Score(transaction, ofDeclared.Event!, ofBuilt.AwaitsLabel);
            if (items % ProgressStep == 0) progress(left.Progress);
        }

        if ((left.Failure ?? right.Failure) is { } fault) throw new EvaluationException(fault, EvaluationProgram.Failed);
        return new(
            DeclaredCopyEvaluation.Name, declaration.Name, hasLabels ? "after 7 days" : "none", events, flagged, scores, ranks, vectors, evidence, largest);
    }

    private void Score(DomainEvent transaction, DomainEvent same, bool awaitsLabel)
    {
        (Verdict expected, Verdict actual) = (new Verdict(built.Dimension), new Verdict(declared.Dimension));
        var ofBuilt = new ScoredEvent(transaction, expected, 0, ++seq);
        var ofDeclared = new ScoredEvent(same, actual, 0, seq);
        built.Score(transaction, expected);
        declared.Score(same, actual);
        events++;
        if (expected.IsAnomaly) flagged++;
        Count(expected.Score, actual.Score, ref scores);
        Count(expected.RankScore, actual.RankScore, ref ranks);
        if (!expected.Embedding.AsSpan().SequenceEqual(actual.Embedding)) vectors++;
        if (!expected.Evidence.SequenceEqual(actual.Evidence)) evidence++;
        built.Learn(in ofBuilt);
        declared.Learn(in ofDeclared);
        if (awaitsLabel) awaitingLabel[transaction.EventUid] = (ofBuilt, ofDeclared);
    }

    private void Apply(Label label)
    {
        if (!awaitingLabel.Remove(label.EventUid, out (ScoredEvent Built, ScoredEvent Declared) labelled)) return;
        built.ApplyLabel(in labelled.Built, label.IsFraud, previous: null, ++seq);
        declared.ApplyLabel(in labelled.Declared, label.IsFraud, previous: null, seq);
    }

    private void Count(double expected, double actual, ref long different)
    {
        if (BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual)) return;
        different++;
        largest = Math.Max(largest, Math.Abs(expected - actual));
    }

    private string NameOf(string role) =>
        declaration.Fields.FirstOrDefault(field => (field.Role.Length > 0 ? field.Role : field.Name) == role)?.Name ?? role;
}
