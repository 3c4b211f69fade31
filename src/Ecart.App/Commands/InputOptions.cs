using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using Ecart.App.Domains;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;
using Ecart.Streaming.Sources;

namespace Ecart.App.Commands;

/// <summary>Arguments that every command with input files takes.</summary>
internal sealed class InputOptions
{
    private readonly Argument<string[]> files = new("FILE")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "CSV with a header, JSON lines or a Zeek log; of network also packets (pcap), of user_behavior also auth.log. Plain or gzip. Several are read as one sequence, in this order.",
    };

    private readonly Option<string> domain = ServedDomains.MakeOption();

    private readonly Option<string?> map = new("--map")
    {
        HelpName = "FIELD=COLUMN,...",
        Description = "Which column holds which field, where its name does not tell: account=CUSTOMER_ID,merchant=TERMINAL_ID,currency='EUR' "
            + "(single quotes: a constant).",
    };

    private readonly Option<FileFormat> format = new("--format")
    {
        Description = "How records are written. The default looks at the file.",
        DefaultValueFactory = _ => FileFormat.Detect,
    };

    private readonly Option<string?> separator = new("--separator")
    {
        Description = "Separator of CSV columns. Default: the most frequent of comma, semicolon, tab and bar in the header.",
    };

    private readonly Option<bool> labels = new("--labels")
    {
        Description = "Take the truth in the records (field label) as chargebacks that become known later.",
    };

    private readonly Option<TimeSpan?> labelDelay = new("--label-delay")
    {
        HelpName = "7d",
        Description = "How long after its event a label becomes known, unless the record says (field label_known_at). Default: 7d.",
        CustomParser = result => DurationText.Parse(result),
    };

    /// <summary>What to look at when every record was rejected, because one of another domain lacks the fields of this one.</summary>
    /// <param name="domain">The domain by which they were read.</param>
    public static string NothingRead(string domain) =>
        $"Every record was rejected as one of {domain}: if they are of another domain, name it by --domain; if columns have other names, by --map.";

    public InputOptions()
    {
        separator.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && SeparatorOf(text) is null)
                result.AddError($"--separator '{text}' is not one character (or the word tab).");
        });
    }

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(files);
        command.Add(domain);
        command.Add(map);
        command.Add(format);
        command.Add(separator);
        command.Add(labels);
        command.Add(labelDelay);
    }

    /// <summary>The domain of the records.</summary>
    public IServedDomain Domain(ParseResult parsed) => ServedDomains.Find(parsed.GetRequiredValue(domain))!;

    /// <summary>The files' full paths.</summary>
    public IReadOnlyList<string> Files(ParseResult parsed) => [.. parsed.GetRequiredValue(files).Select(Path.GetFullPath)];

    /// <summary>Checks that the files are there: what is in them, only the domain's declaration can tell.</summary>
    /// <exception cref="CommandException">One is not.</exception>
    public void RequireFiles(ParseResult parsed)
    {
        if (Files(parsed).FirstOrDefault(file => !File.Exists(file)) is { } absent) throw new CommandException($"{absent} does not exist.", ExitCode.Usage);
    }

    /// <summary>How records are read: part of what a source is.</summary>
    public string Reading(ParseResult parsed) => $"{parsed.GetValue(map)}|{parsed.GetValue(format)}|{parsed.GetValue(separator)}";

    /// <summary>What to do with the truth in the records.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="applyRest">Whether labels known only after the end of the files are applied there.</param>
    public ReplayLabels Labels(ParseResult parsed, bool applyRest) => parsed.GetValue(labels)
        ? new ReplayLabels(true, parsed.GetValue(labelDelay) ?? TimeSpan.FromDays(7), applyRest)
        : ReplayLabels.None;

    /// <summary>Checks that the files can be read with the mapping, before anything else is done.</summary>
    /// <exception cref="CommandException">They cannot; says which, why and what to do.</exception>
    public RecordReader Open(ParseResult parsed, IDomainSettings settings)
    {
        if (!TryOpen(parsed, settings, out RecordReader? reader, out string? error)) throw new CommandException(error, ExitCode.Usage);
        return reader;
    }

    private bool TryOpen(
        ParseResult parsed, IDomainSettings settings, [NotNullWhen(true)] out RecordReader? reader, [NotNullWhen(false)] out string? error)
    {
        reader = null;
        IRecordDecoder decoder = settings.MakeDecoder();
        if (!FieldMap.TryParse(parsed.GetValue(map), decoder.Schema, out FieldMap? fields, out error))
        {
            error = "--map: " + error;
            return false;
        }

        var readerOptions = new RecordReaderOptions
        {
            Format = parsed.GetValue(format),
            Separator = parsed.GetValue(separator) is { } text ? SeparatorOf(text) : null,
        };
        if (RecordReader.TryOpen(Files(parsed), decoder, fields, readerOptions, out reader, out FileFailure? failure)) return true;
        error = failure.Message;
        return false;
    }

    private static char? SeparatorOf(string text) => text switch
    {
        "tab" or "\\t" => '\t',
        { Length: 1 } => text[0],
        _ => null,
    };
}
