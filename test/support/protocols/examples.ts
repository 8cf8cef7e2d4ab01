// The invented streams of the notes on protocols: a line is an event, `type | data`, or a line of JSON lines.

export const EXAMPLES = {
  // §2
  chat: [
    '| {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}',
    '| {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"Two "},"finish_reason":null}]}',
    '| {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"tides."},"finish_reason":null}]}',
    '| {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"tide","arguments":""}}]},"finish_reason":null}]}',
    '| {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"moon","arguments":"{}"}}]},"finish_reason":null}]}',
    '| {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"port\\":"}}]},"finish_reason":null}]}',
    '| {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\\"Emden\\"}"}}]},"finish_reason":null}]}',
    '| {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}',
    '| {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":21,"total_tokens":30}}',
    '| [DONE]',
  ],
  // §3
  responses: [
    'response.created | {"type":"response.created","sequence_number":0,"response":{"id":"r1","object":"response","status":"in_progress","output":[]}}',
    'response.output_item.added | {"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"m1","type":"message","role":"assistant","content":[]}}',
    'response.content_part.added | {"type":"response.content_part.added","sequence_number":2,"item_id":"m1","output_index":0,"content_index":0,"part":{"type":"output_text","text":""}}',
    'response.output_text.delta | {"type":"response.output_text.delta","sequence_number":3,"item_id":"m1","output_index":0,"content_index":0,"delta":"Low "}',
    'response.output_text.delta | {"type":"response.output_text.delta","sequence_number":4,"item_id":"m1","output_index":0,"content_index":0,"delta":"tide"}',
    'response.output_text.done | {"type":"response.output_text.done","sequence_number":5,"item_id":"m1","output_index":0,"content_index":0,"text":"Low tide"}',
    'response.output_item.added | {"type":"response.output_item.added","sequence_number":6,"output_index":1,"item":{"id":"f1","type":"function_call","call_id":"k1","name":"moon","arguments":""}}',
    'response.function_call_arguments.delta | {"type":"response.function_call_arguments.delta","sequence_number":7,"item_id":"f1","output_index":1,"delta":"{\\"d\\":3}"}',
    'response.completed | {"type":"response.completed","sequence_number":8,"response":{"id":"r1","status":"completed","output":[],"usage":{"input_tokens":5,"output_tokens":7,"total_tokens":12}}}',
  ],
  // §4
  anthropic: [
    'message_start | {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"c","content":[],"stop_reason":null,"usage":{"input_tokens":8,"output_tokens":1}}}',
    'content_block_start | {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}',
    'content_block_delta | {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Ask the moon."}}',
    'content_block_delta | {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}',
    'content_block_stop | {"type":"content_block_stop","index":0}',
    'content_block_start | {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"moon","input":{}}}',
    'ping | {"type":"ping"}',
    'content_block_delta | {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}',
    'content_block_delta | {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"d\\": 3}"}}',
    'content_block_stop | {"type":"content_block_stop","index":1}',
    'message_delta | {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":17}}',
    'message_stop | {"type":"message_stop"}',
  ],
  // §5
  gemini: [
    '| {"candidates":[{"content":{"role":"model","parts":[{"text":"Look up.","thought":true}]},"index":0}],"usageMetadata":{"promptTokenCount":4,"thoughtsTokenCount":3,"totalTokenCount":7},"modelVersion":"g","responseId":"q"}',
    '| {"candidates":[{"content":{"role":"model","parts":[{"text":"High "}]},"index":0}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":1,"thoughtsTokenCount":3,"totalTokenCount":8},"modelVersion":"g","responseId":"q"}',
    '| {"candidates":[{"content":{"role":"model","parts":[{"text":"tide"},{"functionCall":{"name":"moon","args":{"d":3}}}]},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":9,"thoughtsTokenCount":3,"totalTokenCount":16},"modelVersion":"g","responseId":"q"}',
  ],
  // §7
  cohere: [
    'message-start | {"id":"x","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}',
    'content-start | {"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}',
    'content-delta | {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Ebb"}}}}',
    'content-end | {"type":"content-end","index":0}',
    'tool-call-start | {"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"t","type":"function","function":{"name":"now","arguments":""}}}}}',
    'tool-call-end | {"type":"tool-call-end","index":0}',
    'message-end | {"type":"message-end","delta":{"finish_reason":"TOOL_CALL","usage":{"tokens":{"input_tokens":6,"output_tokens":2}}}}',
  ],
  // §8
  ollama: [
    '{"model":"o","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"","thinking":"hm"},"done":false}',
    '{"model":"o","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"Ebb."},"done":false}',
    '{"model":"o","created_at":"2026-01-01T00:00:01Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":7,"eval_count":10,"eval_duration":500000000}',
  ],
  // §9
  vercelUi: [
    '| {"type":"start","messageId":"m"}',
    '| {"type":"start-step"}',
    '| {"type":"text-start","id":"0"}',
    '| {"type":"text-delta","id":"0","delta":"Ne"}',
    '| {"type":"text-delta","id":"0","delta":"ap"}',
    '| {"type":"text-end","id":"0"}',
    '| {"type":"tool-input-start","toolCallId":"k","toolName":"moon"}',
    '| {"type":"tool-input-delta","toolCallId":"k","inputTextDelta":"{\\"d\\":"}',
    '| {"type":"tool-input-available","toolCallId":"k","toolName":"moon","input":{"d":3}}',
    '| {"type":"tool-output-available","toolCallId":"k","output":"new"}',
    '| {"type":"finish-step"}',
    '| {"type":"finish","finishReason":"stop"}',
    '| [DONE]',
  ],
  // §10
  agUi: [
    '| {"type":"RUN_STARTED","threadId":"t","runId":"r"}',
    '| {"type":"TEXT_MESSAGE_START","messageId":"m","role":"assistant"}',
    '| {"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"Spring "}',
    '| {"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"tide"}',
    '| {"type":"TEXT_MESSAGE_END","messageId":"m"}',
    '| {"type":"STATE_SNAPSHOT","snapshot":{"n":1}}',
    '| {"type":"STATE_DELTA","delta":[{"op":"replace","path":"/n","value":2}]}',
    '| {"type":"RUN_FINISHED","threadId":"t","runId":"r"}',
  ],
  // §11
  a2a: [
    '| {"jsonrpc":"2.0","id":1,"result":{"task":{"id":"T","contextId":"C","status":{"state":"TASK_STATE_WORKING"}}}}',
    '| {"jsonrpc":"2.0","id":1,"result":{"artifactUpdate":{"taskId":"T","contextId":"C","artifact":{"artifactId":"a","parts":[{"text":"Slack "}]}}}}',
    '| {"jsonrpc":"2.0","id":1,"result":{"artifactUpdate":{"taskId":"T","contextId":"C","append":true,"lastChunk":true,"artifact":{"artifactId":"a","parts":[{"text":"water"}]}}}}',
    '| {"jsonrpc":"2.0","id":1,"result":{"statusUpdate":{"taskId":"T","contextId":"C","status":{"state":"TASK_STATE_COMPLETED"}}}}',
  ],
  // §12
  mcp: [
    'message | {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p","progress":1,"total":2}}',
    'message | {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p","progress":2,"total":2}}',
    'message | {"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"Ebb at 4"}],"isError":false}}',
  ],
  // §13
  graphql: [
    'next | {"data":{"port":{"name":"Emden"},"tides":["a"]},"pending":[{"id":"0","path":["port"]},{"id":"1","path":["tides"]}],"hasNext":true}',
    'next | {"incremental":[{"id":"0","data":{"depth":5}},{"id":"1","items":["b","c"]}],"completed":[{"id":"0"}],"hasNext":true}',
    'next | {"completed":[{"id":"1"}],"hasNext":false}',
    'complete | ',
  ],
  // §14
  langgraph: [
    'metadata | {"run_id":"r"}',
    'messages/partial | [{"id":"m","type":"ai","content":"Ne"}]',
    'messages/partial | [{"id":"m","type":"ai","content":"Neap"}]',
    'values | {"messages":[{"id":"m","type":"ai","content":"Neap"}]}',
  ],
  // §18
  datastar: [
    'datastar-patch-signals | signals {"tide":"low","n":1}',
    'datastar-patch-signals | signals {"n":2,"tide":null}',
    'datastar-patch-elements | selector #log⏎mode append⏎elements <li>Ebb</li>',
  ],
} as const;

export type ExampleName = keyof typeof EXAMPLES;
