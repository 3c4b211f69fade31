using Ecart.Detection;
using Ecart.Events.Decoding;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>Settings of one domain that can be used. Immutable.</summary>
internal interface IDomainSettings
{
    /// <summary>All settings with their values, as JSON.</summary>
    string Text { get; }

    /// <summary>Name of the field that tells whose event a record is.</summary>
    string EntityField { get; }

    /// <summary>Trained detectors that the settings name. Default none.</summary>
    IReadOnlyList<LearnedDetectorOptions> Detectors => [];

    /// <summary>Days within which people say what an event was: younger ones without a label are not taken for ordinary yet. Default 7.</summary>
    int LabelDelayDays => 7;

    /// <summary>An engine that knows nothing yet. Tells a person of exceptions that have no effect because their rule is wrong.</summary>
    IDomainEngine MakeEngine(int configurationVersion, ReferencePatterns patterns, DomainModels models);

    /// <summary>What is wrong with the rule of an exception; null for a right one.</summary>
    RuleError? CheckRule(string expression);

    /// <summary>Fields that such a rule can ask, with what they are. Default none told.</summary>
    IReadOnlyList<(string Name, string Description)> RuleFields => [];

    /// <summary>A decoder of records. Not thread-safe: one owner.</summary>
    IRecordDecoder MakeDecoder();
}
